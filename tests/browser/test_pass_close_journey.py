"""A month of the pass: the treasurer closes it in the back office, the manager of a
venue reads her statement, a coworker the invoice."""

import io
import re
import subprocess
import sys
from xml.etree import ElementTree

import openpyxl
from looking import assert_no_barrier, download, euros, next_monday, text_of

STAGE = 240_000
CODE = "TESTCQDETAPAGE234567"


# In a process of its own: under Odoo's import hooks the library does not find its data.
READ = """
import io, sys
from facturx import get_level, get_xml_from_pdf
from lxml import etree
from pypdf import PdfReader
content = sys.stdin.buffer.read()
name, xml = get_xml_from_pdf(content, check_xsd=True)
assert name == "factur-x.xml", "no valid file in it"
tree = etree.fromstring(xml)
assert get_level(tree) == "extended"
document = PdfReader(io.BytesIO(content))
root = document.trailer["/Root"]
metadata = root["/Metadata"].get_data().decode()
assert "<pdfaid:part>3</pdfaid:part>" in metadata and "factur-x.xml" in metadata
assert root["/OutputIntents"] and root["/AF"]
for path in ("SellerTradeParty/{*}Name", "BuyerTradeParty/{*}Name", "GrandTotalAmount"):
    print(tree.findtext(".//{*}" + path))
print(document.pages[0].extract_text())
"""


def factur_x(content):
    """Seller, buyer and total in cents that the file inside a PDF/A-3 tells, once it is
    valid, and the text of the page."""
    done = subprocess.run(
        [sys.executable, "-c", READ], input=content, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()[-1500:]
    seller, buyer, total, text = done.stdout.decode().split("\n", 3)
    return seller, buyer, round(float(total) * 100), re.sub(r"\s+", " ", text)


class Treasurer:
    """The treasurer before the close of the month."""

    def __init__(self, page):
        self.page = page

    def press(self, label, status):
        self.page.click(f".o_form_statusbar button:has-text('{label}'):visible")
        self.page.wait_for_selector(
            f".o_statusbar_status button[data-value={status}].o_arrow_button_current"
            " >> nth=-1",
            timeout=STAGE,
        )

    def tab(self, name):
        self.page.click(f".o_notebook a[name={name}]")

    def bank_file(self, field):
        """The file of a payment order, as it is sent to the bank."""
        self.page.click(f".o_field_widget[name={field}] a")
        self.page.wait_for_selector("[name=payment_file_datas] a")
        with self.page.expect_download() as caught:
            self.page.click("[name=payment_file_datas] a")
        with open(caught.value.path(), "rb") as file:
            content = file.read()
        self.page.click(".o_breadcrumb .o_back_button")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=month]")
        return ElementTree.fromstring(content)


def search_and_book(phone):
    """A desk found by its venue's name, mistyped, and booked."""
    phone.goto(f"/reserver?what=desk&day={next_monday()}")
    phone.wait_for_selector(".tl-live")
    phone.fill("#tl_search", "plato")
    phone.press("#tl_search", "Enter")
    phone.wait_for_function("document.querySelectorAll('.tl-offer').length === 1")
    assert "Plateau" in text_of(phone.locator(".tl-offers-venue"))
    phone.locator(".tl-time").first.click()
    phone.click(".tl-confirm")
    phone.wait_for_url("**/my/bookings/*")
    assert "C’est réservé" in text_of(phone.locator(".alert-success"))


def show_pass_in(venue, open_page, phone, outcome):
    """The manager of a venue reads the code that the coworker's phone shows."""
    phone.goto("/my/pass")
    assert phone.locator("img.tl-qr").is_visible()
    desk = open_page("gerante", phone=True)
    desk.goto("/my/venues")
    desk.get_by_label(re.compile(f"accueil.*{venue}")).first.click()
    desk.wait_for_selector(".tl-scanner.tl-live")
    desk.keyboard.type(CODE)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(f".tl-scan-answer[data-outcome={outcome}]")
    desk.wait_for_selector(".tl-scan-lists >> text=Léo Roche")


def a_managers_day(keeper, amount):
    """By what the first page offers: the plan and a walk-in, the desk, the statement
    of the month."""
    home = "[data-way^={}]"
    keeper.click(home.format("plan_"))
    keeper.wait_for_selector(".tl-planning")
    keeper.goto(f"{keeper.url}?date={next_monday()}")
    keeper.wait_for_selector(".tl-planning.tl-live")
    keeper.locator(".tl-plan-day .tl-cell").first.click()
    keeper.fill("dialog[open] #tl_who", "Paul du quartier")
    keeper.click("dialog button[value=walk_in]")
    keeper.wait_for_selector(".alert-success")
    keeper.wait_for_selector(".tl-plan-day .tl-planned >> text=Paul du quartier")
    keeper.goto("/my")
    assert "0 sur place" in text_of(keeper.locator(home.format("desk_")))
    keeper.click(home.format("desk_"))
    keeper.wait_for_selector(".tl-scanner.tl-live")
    keeper.keyboard.type(CODE)
    keeper.keyboard.press("Enter")
    keeper.wait_for_selector(".tl-scan-answer[data-outcome=in]")
    keeper.goto("/my")
    assert "1 sur place" in text_of(keeper.locator(home.format("desk_")))
    statement = keeper.locator(home.format("statements_"))
    assert euros(text_of(statement)) == amount
    statement.click()


def test_a_month_is_closed_and_read_in_a_managers_day(arrive, open_page):
    coworker = open_page("titulaire", phone=True)
    search_and_book(coworker)
    for venue in ("Pentes", "Plateau"):
        show_pass_in(venue, open_page, coworker, "in")
    coworker.goto("/my/visits")
    # the first ended where the second began; the second is not over
    assert "Pentes" in text_of(coworker.locator(".tl-visits-table"))

    page = open_page("tresoriere")
    treasurer = Treasurer(page)
    page.goto("/odoo/pass-closes")
    page.click(".o_list_button_add")
    page.wait_for_selector(".o_form_view .o_field_widget[name=month]")
    treasurer.press("Valoriser le mois", "rated")
    treasurer.press("Établir les factures", "invoiced")
    treasurer.tab("control")
    assert "égal" in text_of(page.locator("[name=control_html]"))
    treasurer.press("Tout exécuter", "closed")
    assert "La Ruche" in text_of(page.locator("[name=problem_text]")), (
        "what is held is said, and why"
    )
    treasurer.tab("control")
    control = text_of(page.locator("[name=control_html]"))
    assert "Dû aux lieux" in control and "PAS ÉGAL" not in control
    treasurer.tab("statements")
    lake = page.locator("[name=statement_ids] .o_data_row", has_text="Établi du Lac")
    due, net = (
        euros(text_of(lake.locator(f"td[name={name}]")))
        for name in ("due_amount", "net_amount")
    )
    assert net == round(due * 1.2)

    debits = treasurer.bank_file("debit_order_id")
    assert "pain.008" in debits.tag
    assert debits.find(".//{*}Dbtr/{*}Nm").text == "Noe Simon"
    transfers = treasurer.bank_file("transfer_order_id")
    assert "pain.001" in transfers.tag
    total = transfers.find(".//{*}GrpHdr/{*}CtrlSum").text
    assert net == round(float(total) * 100), "one transfer, of what the statement says"

    manager = arrive("gardienne")
    a_managers_day(manager, due)
    manager.wait_for_selector("text=Net viré")
    row = manager.locator("tr", has_text="Net viré")
    assert euros(text_of(row.locator("td"))) == net
    assert_no_barrier(manager)
    files = {
        name: download(
            manager, manager.locator(f"a[href$='/{name}']").first.get_attribute("href")
        )
        for name in ("statement.pdf", "statement.xlsx", "invoice.pdf")
    }
    assert files["statement.pdf"].startswith(b"%PDF")
    seller, buyer, total, text = factur_x(files["invoice.pdf"])
    assert seller == "L'Établi du Lac" and total == net
    assert "Autofacturation" in text and buyer in text
    sheet = openpyxl.load_workbook(
        io.BytesIO(files["statement.xlsx"]), data_only=True
    ).active
    assert net in {
        round(cell.value * 100)
        for row in sheet
        for cell in row
        if isinstance(cell.value, float)
    }

    coworker.goto("/my/invoices")
    coworker.click("a:has-text('PASS/')")
    coworker.frame_locator("iframe").locator("text=Nomade").first.wait_for()
    assert "90,00" in text_of(coworker.locator("#wrap"))
    assert "proforma" not in text_of(coworker.frame_locator("iframe").locator("body"))
    with coworker.expect_download() as caught:
        coworker.click("a:has-text('Télécharger')")
    with open(caught.value.path(), "rb") as file:
        seller, buyer, total, text = factur_x(file.read())
    assert (buyer, total) == ("Léo Roche", 9000)
    assert seller in text, "an invoice says who sells"
