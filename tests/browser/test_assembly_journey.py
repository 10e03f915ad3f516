"""One assembly, from its agenda to the register, as the board and the members do it."""

import re
import subprocess

import pytest
from looking import text_of

NAME = "Assemblée générale de printemps"
ACCOUNTS = "Approbation des comptes"
BOARD = "Élection au conseil"
CAST = "text=Votre vote est enregistré"


class Board:
    """The board in the back office."""

    def __init__(self, page):
        self.page = page

    def home(self):
        """By the menu; what waits there, as ``{key: number}``."""
        self.page.click(".o_menu_sections >> text=Accueil")
        return self.needs()

    def needs(self):
        self.page.wait_for_selector(".tl-start")
        return {
            need.get_attribute("data-need"): text_of(need.locator(".tl-need-value"))
            for need in self.page.locator(".tl-need").all()
        }

    def admit(self, name):
        self.page.click("[data-need=applications]")
        self.page.click(f".o_data_row .o_data_cell:has-text('{name}')")
        self.page.click(".o_form_statusbar .btn-primary[name=action_decide]:visible")
        self.page.click(".modal-footer button[name=action_confirm]")
        self.wait_status("admitted")

    def open_assembly(self):
        """The one that is to be convened."""
        self.page.click("[data-need=assembly_draft]")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=motion_ids]")
        assert self.page.input_value(".o_form_view h1 [name=name] input") == NAME

    def press(self, name, confirm=True):
        """A button of the assembly, or of the point that is open before it."""
        self.page.click(
            f".o_form_view .o_form_statusbar button[name={name}]:visible >> nth=-1"
        )
        if confirm:
            self.page.click(".o_dialog footer .btn-primary:has-text('Ok')")

    def wait_status(self, value):
        self.page.wait_for_selector(
            f".o_statusbar_status button[data-value={value}].o_arrow_button_current"
            " >> nth=-1"
        )

    def add_point(self, name, candidates=()):
        self.page.click(
            ".o_field_widget[name=motion_ids] .o_field_x2many_list_row_add a"
        )
        dialog = self.page.locator(".o_dialog")
        dialog.locator("[name=name] input, [name=name] textarea").first.fill(name)
        if candidates:
            dialog.locator("[name=kind] select, [name=kind] input").first.click()
            self.choose_election(dialog)
            for candidate in candidates:
                dialog.locator(
                    "[name=candidate_ids] .o_field_x2many_list_row_add a"
                ).click()
                dialog.locator(
                    "[name=candidate_ids] tr.o_selected_row [name=name] input"
                ).fill(candidate)
        dialog.locator(".o_form_button_save").first.click()
        dialog.wait_for(state="detached")

    def choose_election(self, dialog):
        if dialog.locator("[name=kind] select").count():
            dialog.locator("[name=kind] select").select_option(label="Élection")
        else:
            self.page.click(".o_select_menu_item:has-text('Élection')")

    def open_point(self, name):
        points = self.page.locator(".o_field_widget[name=motion_ids] .o_data_row")
        points.locator("td[name=name]", has_text=name).click()
        return self.page.locator(".o_dialog .o_form_view")

    def close_point(self):
        self.page.click(".o_dialog .btn-close")
        self.page.locator(".o_dialog").wait_for(state="detached")


def portal_assembly(page):
    page.goto("/my/assemblies")
    page.click(f"a:has-text('{NAME}')")
    page.wait_for_selector(f"h1:has-text('{NAME}')")


def tab_to(page, selector, limit=60):
    """By the Tab key alone to the first element that answers the selector."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def test_a_day_of_the_board_and_an_assembly_to_its_register(
    arrive, open_page, tmp_path
):
    # the first page says who waits to be admitted, and what is to be convened
    board = Board(arrive("bureau"))
    assert "/odoo/accueil" in board.page.url
    before = board.needs()
    assert before["assembly_draft"] == "1"
    board.admit("Naïma Arrivée")
    after = board.home()
    assert int(after.get("applications", 0)) == int(before["applications"]) - 1
    board.open_assembly()

    # the agenda, then the convocation: too short, refused; assumed, it leaves
    board.add_point(ACCOUNTS)
    board.add_point(BOARD, candidates=("Dounia Garnier", "Idir Moreau", "Zoé Perrin"))
    board.press("action_convene")
    board.page.wait_for_selector(".modal-content:has-text('article 9')")
    board.page.click(".o_dialog footer .btn-primary")
    board.page.fill(
        ".o_field_widget[name=late_reason] textarea", "Comptes à déposer cette semaine."
    )
    board.press("action_convene")
    board.wait_status("convened")
    called = board.page.locator("button:has([name=convocation_count])")
    assert "4" in text_of(called), "four people are called for six members"

    # on a phone, Zoé gives her proxy in two clicks
    zoe = open_page("membre", phone=True)
    portal_assembly(zoe)
    zoe.click("text=donner pouvoir")
    zoe.click("button[name=holder]:has-text('Dounia Garnier')")
    zoe.wait_for_selector(".alert-success")
    assert "Dounia Garnier" in text_of(zoe.locator(".tl-elector"))

    # the attendance sheet, and its quorum while one looks
    watching = open_page("bureau")
    number = board.page.url.split("?")[0].rsplit("/", 1)[-1]
    watching.goto(f"/assemblies/{number}/attendance")
    sheet = open_page("bureau", phone=True)
    sheet.goto(watching.url)
    assert not watching.locator(".tl-quorum-reached").count()
    for name in ("Dounia Garnier", "Aline Bureau"):
        sheet.click(f"button[aria-label='{name} est là']")
        sheet.wait_for_selector(f"button[aria-label='{name} s’en va']")
    watching.wait_for_selector(".tl-quorum-reached:has-text('= 3')")
    assert "2 présents + 1 représenté = 3" in text_of(
        watching.locator(".tl-quorum").first
    )

    board.press("action_open", confirm=False)
    board.wait_status("open")

    # the accounts, by name: Dounia votes by keyboard alone, for herself and for Zoé
    point = board.open_point(ACCOUNTS)
    board.press("action_open")
    point.locator("button[name=action_close]").wait_for()
    dounia = open_page("gerante")
    portal_assembly(dounia)
    tab_to(dounia, "a[href^='/my/votes/']")
    dounia.keyboard.press("Enter")
    dounia.wait_for_selector(".tl-ballot")
    assert "Vous votez pour 2 membres" in text_of(dounia.locator(".tl-ballot"))
    tab_to(dounia, "input[name=choice]")
    dounia.keyboard.press("Space")
    tab_to(dounia, ".tl-cast")
    dounia.keyboard.press("Enter")
    dounia.wait_for_selector(CAST)
    receipts = dounia.locator(".tl-receipt").all_inner_texts()
    assert len(receipts) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", receipt) for receipt in receipts)
    assert not dounia.locator(".tl-ballot").count(), "one votes once"

    # who is not there has no vote; Idir joins from afar on a phone, and votes
    idir = open_page("tierce", phone=True)
    portal_assembly(idir)
    idir.click("a:has-text('Voter')")
    assert idir.locator(".tl-empty").count() and not idir.locator(".tl-ballot").count()
    portal_assembly(idir)
    idir.click("text=Je suis là, à distance")
    idir.wait_for_selector("text=Votre présence est enregistrée")
    idir.click("a:has-text('Voter')")
    idir.check("input[name=choice][value=against] >> nth=0")
    width = idir.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing sticks out of a phone's screen"
    idir.click(".tl-cast")
    idir.wait_for_selector(CAST)
    board.press("action_close")
    board.page.wait_for_selector(
        ".modal-content [name=verdict_text]:has-text('2 pour')"
    )
    board.close_point()

    # the board is elected in secret
    point = board.open_point(BOARD)
    board.press("action_open")
    point.locator("button[name=action_close]").wait_for()
    portal_assembly(dounia)
    dounia.click("a.btn-primary:has-text('Voter')")
    dounia.wait_for_selector(".tl-ranks")
    for rank, name in enumerate(("Idir Moreau", "Dounia Garnier"), 1):
        dounia.locator(".tl-ranks li", has_text=name).locator(
            "select"
        ).first.select_option(str(rank))
    ballot = {
        field: value
        for field, value in dounia.evaluate(
            "[...new FormData(document.querySelector('.tl-ballot'))]"
        )
        if value
    }
    dounia.click(".tl-cast")
    dounia.wait_for_selector(CAST)
    assert not dounia.locator(".tl-receipt").count(), "nothing is kept of the choice"
    again = dounia.request.post(f"{dounia.url}/cast", form=ballot)
    assert "alert-danger" in again.text(), "a second ballot is refused"
    board.page.keyboard.press("Escape")
    board.page.locator(".o_dialog").wait_for(state="detached")
    board.page.reload()
    point = board.open_point(BOARD)
    point.wait_for()
    assert "Ont voté : 2" in text_of(point)
    assert "Idir Moreau 2" not in text_of(point), "no result while the vote runs"
    board.press("action_close")
    board.page.wait_for_selector(
        ".modal-content [name=verdict_text]:has-text('Idir Moreau')"
    )
    board.close_point()

    # verdicts, minutes, register
    board.press("action_close")
    board.wait_status("closed")
    board.press("action_sign")
    board.wait_status("minuted")
    board.page.click(".o_notebook a[name=minutes]")
    with board.page.expect_download() as download:
        board.page.click("[name=minutes_ids] button[name=action_download]")
    minutes = tmp_path / "minutes.pdf"
    download.value.save_as(minutes)
    printed = subprocess.run(
        ["pdftotext", "-layout", minutes, "-"], capture_output=True, text=True
    ).stdout
    printed = re.sub(r"\s+", " ", printed)
    for words in (
        NAME,
        "Comptes à déposer cette semaine.",
        "2 présents + 1 représenté = 3 sur 6 inscrits ≥ 1/4, article 11",
        "2 pour, 2 contre",
        "Ville de Lyon",
        "représenté par Dounia Garnier",
        "page 1 sur",
    ):
        assert words in printed, words
    zoe.goto("/my/resolutions?search=comptes")
    zoe.click(f"a:has-text('{ACCOUNTS}')")
    zoe.wait_for_selector("#tl_verdict")
    assert "2 pour, 2 contre" in text_of(zoe.locator("#wrap"))
    with zoe.expect_download() as download:
        zoe.click("text=Procès-verbal (PDF)")
    assert download.value.suggested_filename.endswith(".pdf")
