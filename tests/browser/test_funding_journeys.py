"""A funder reads the report of their grant down to a receipt; a treasurer brings a
grant to its end: award, year-end, report, signature."""

import io
import zipfile
from datetime import date

import openpyxl
from looking import assert_no_barrier, download, euros, text_of

LAST_YEAR = date.today().year - 1
# milliseconds; a report that is signed is printed twice
POSTING = 120_000


def open_last_report(page):
    page.goto("/my/funding")
    page.click("text=Lire le dernier compte rendu")
    page.wait_for_selector("#table")


def test_a_day_of_a_funder_who_follows_a_figure_to_its_receipt(arrive):
    page = arrive("mecene")
    assert "Atelier du fleuve" in text_of(page.locator("[data-need=reports]"))
    page.click("[data-way=agreements]")
    titles = page.locator(".tl-funding h2 a")
    assert titles.all_inner_texts() == ["Atelier du fleuve"], "their own alone"
    assert "6 000,00" in text_of(page.locator(".tl-money").first)
    assert_no_barrier(page)
    page.click("text=Lire le dernier compte rendu")
    assert "Signé" in text_of(page.locator(".tl-funding"))
    assert "Camille Roy" in text_of(page.locator(".tl-funding"))
    assert_no_barrier(page)

    figure = page.locator(".cerfa td.number a[href$='/line/62b']")
    shown = euros(text_of(figure.locator(".cents")))
    figure.click()
    row = page.locator(".tl-funding tbody tr")
    assert row.count() == 1
    assert "74J-2" in text_of(row) and "FACTU/" in text_of(row), "the entry is named"
    assert euros(text_of(row.locator(".tl-cost"))) == shown == 550_000
    assert_no_barrier(page)
    receipt = row.locator("a").get_attribute("href")
    assert download(page, receipt).startswith(b"%PDF")
    number = text_of(row.locator("a")).strip()

    page.go_back()
    files = {
        kind: download(
            page, page.locator(f"a[href$='.{kind}']").first.get_attribute("href")
        )
        for kind in ("pdf", "xlsx", "zip")
    }
    assert files["pdf"].startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]), data_only=True)
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert 5500 in cells and number in cells, "the same figure, the same number"
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as archive:
        kept = next(name for name in archive.namelist() if number in name)
        assert archive.read(kept) == download(page, receipt)


def test_a_funder_sees_nothing_of_another(open_page):
    owner, other = open_page("mecene"), open_page("ville")
    open_last_report(owner)
    report = owner.url.split("#")[0]
    agreement = owner.locator("a[href*='/my/funding/']").first.get_attribute("href")
    other.goto("/my/funding")
    assert "Atelier du fleuve" not in text_of(other.locator("#wrap"))
    for address in (
        agreement,
        report,
        f"{report}/line/62b",
        f"{report}/document/J001",
        *(f"{report}.{kind}" for kind in ("pdf", "xlsx", "zip")),
    ):
        assert owner.request.get(address).ok, address
        assert other.request.get(address).status == 404, address


class Treasurer:
    """The treasurer in the back office."""

    def __init__(self, page):
        self.page = page

    def press(self, label):
        self.page.click(f".o_form_statusbar button:has-text('{label}'):visible")

    def confirm(self):
        self.page.click(".modal-footer .btn-primary")
        self.page.wait_for_selector(".modal", state="detached")

    def figures(self, name):
        """``{project: cents}`` of a column of the year-end."""
        rows = self.page.locator("[name=line_ids] .o_data_row")
        return {
            text_of(row.locator("td[name=agreement_id]")): euros(
                text_of(row.locator(f"td[name={name}]"))
            )
            for row in rows.all()
        }


def test_a_treasurer_ends_a_year(open_page):
    page = open_page("comptable")
    page.set_default_timeout(POSTING)
    treasurer = Treasurer(page)
    page.goto("/odoo/funding-agreements")
    page.click(".o_data_row:has-text('Rencontres du port') td[name=name]")
    treasurer.press("Comptabiliser l’attribution")
    page.wait_for_selector(".modal [name=explanation]")
    assert "6 000,00" in text_of(page.locator(".modal [name=explanation]"))
    treasurer.confirm()

    page.goto("/odoo/funding-year-end")
    page.wait_for_selector("[name=line_ids] .o_data_row")
    assert str(LAST_YEAR) in text_of(page.locator("[name=date_to]"))
    spent, left = treasurer.figures("spent"), treasurer.figures("report")
    assert spent == {"Atelier du fleuve": 600_000, "Rencontres du port": 280_000}
    assert left == {"Atelier du fleuve": 0, "Rencontres du port": 320_000}
    said = page.locator(
        ".o_data_row:has-text('Rencontres du port') td[name=explanation]"
    )
    assert "3 200,00" in text_of(said)
    treasurer.press("Comptabiliser la clôture")
    treasurer.confirm()
    page.goto("/odoo/funding-dedicated")
    page.click(".o_group_header")
    kept = page.locator(".o_data_row", has_text="Rencontres du port")
    assert euros(text_of(kept.locator("td[name=closing]"))) == 320_000

    page.goto("/odoo/funding-reports/new")
    page.fill("[name=agreement_id] input", "Rencontres du port")
    page.click(".o-autocomplete--dropdown-item:has-text('Rencontres du port')")
    page.click(".o_notebook a[name=texts]")
    for name in ("action", "public", "places", "objectives", "variances"):
        page.fill(f"[name=text_{name}] textarea", f"Écrit pour {name}.")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_statusbar button:has-text('Établir'):visible")
    page.click(".o_notebook a[name=figures]")
    preview = page.frame_locator("[name=preview] iframe")
    controls = text_of(preview.locator(".controls"))
    assert "À corriger" not in controls and "2 800,00" in controls
    treasurer.press("Établir")
    treasurer.confirm()
    treasurer.press("Signer")
    page.fill(".modal [name=name] input", "Camille Roy")
    page.fill(".modal [name=quality] input", "présidente")
    page.fill(".modal [name=place] input", "Lyon")
    treasurer.confirm()
    page.wait_for_selector(
        ".o_statusbar_status button[data-value=signed].o_arrow_button_current >> nth=-1"
    )

    funder = open_page("ville", phone=True)
    open_last_report(funder)
    assert "Signé" in text_of(funder.locator(".tl-funding"))
    assert "2 800,00" in text_of(funder.locator(".tl-verdict .tl-money"))
    assert_no_barrier(funder)
