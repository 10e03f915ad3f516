"""The days of the three who judge it, on the network that `up` makes and serves."""

import json
import re
import signal

import pytest

from cli import server
from tests.browser.looking import download, euros, next_monday, text_of

CODE = """SELECT card.code FROM tierslieux_pass_card card
    JOIN tierslieux_pass pass ON pass.id = card.pass_id
    JOIN res_users person ON person.partner_id = pass.partner_id
    WHERE person.login = 'membre' AND card.revoked_on IS NULL"""


class Network:
    """What `./tierslieux up` serves.

    :ivar url: where it answers
    """

    def __init__(self, sandbox, port):
        self.url = f"http://localhost:{port}"
        run = sandbox.folder / "run"
        logins = json.loads((run / f"logins-{sandbox.prefix}.json").read_text())
        self.passwords = {entry["login"]: entry["password"] for entry in logins}
        self.log = run / f"odoo-{port}.log"
        self.cookies = {}

    def password(self, login):
        return self.passwords[login]

    def troubles(self):
        return self.log.read_text()[-3000:]


@pytest.fixture(scope="module")
def site(sandbox, network):
    if "demo" not in sandbox.databases.stamp(sandbox.prefix):
        pytest.skip("no demo network here")
    port = server.free_port()
    launched = sandbox.start("up", "--port", port)
    try:
        launched.until("Ctrl-C stops it.")
        yield Network(sandbox, port)
    finally:
        launched.end(signal.SIGTERM)


def need(page, name):
    return page.locator(f"[data-need={name}]")


def number(locator):
    """The number that a card of the first page shows."""
    return int(re.sub(r"\s", "", text_of(locator.locator(".tl-need-value"))))


def present(page):
    """How many are in the venue now, as its manager's first page says."""
    way = text_of(page.locator("[data-way^=desk_]"))
    return int(re.search(r"(\d+) sur place", way)[1])


def test_a_day_of_the_board(arrive):
    """Admits who asks, sees the members, votes."""
    page = arrive("bureau")
    waiting = number(need(page, "applications"))
    need(page, "applications").click()
    page.wait_for_selector(".o_list_view .o_data_row")
    assert page.locator(".o_data_row").count() == waiting
    page.click(".o_data_row .o_data_cell >> nth=0")
    page.click(".o_form_statusbar .btn-primary[name=action_decide]:visible")
    page.click(".modal-footer button[name=action_confirm]")
    page.wait_for_selector(
        ".o_statusbar_status button[data-value=admitted].o_arrow_button_current"
        " >> nth=-1"
    )
    page.click(".o_menu_sections >> text=Accueil")
    page.wait_for_selector(".tl-start")
    left = number(need(page, "applications")) if waiting > 1 else 0
    assert left == waiting - 1
    page.click("[data-way=dashboard]")
    page.wait_for_selector(".o_action_manager :text('Membres par collège')")
    page.goto("/my")
    awaited = page.locator(".tl-to-vote li")
    before = awaited.count()
    page.click(".tl-to-vote button[value=for] >> nth=0")
    page.click("button:has-text('Confirmer mon vote')")
    page.wait_for_selector("text=Votre vote est enregistré")
    page.goto("/my")
    assert awaited.count() == before - 1


def test_a_day_of_a_venue_manager(arrive, sandbox):
    """Books who walks in, reads a pass at the desk, reads what the month brought."""
    page = arrive("gestion", phone=True)
    page.click("[data-way^=plan_]")
    page.wait_for_selector(".tl-planning")
    page.goto(f"{page.url}?date={next_monday()}")
    page.wait_for_selector(".tl-planning.tl-live")
    page.click(".tl-plan-lists .tl-cell-time >> nth=0")
    page.fill("dialog[open] #tl_who", "Paul du quartier")
    page.click("dialog button[value=walk_in]")
    page.wait_for_selector(".alert-success")
    page.wait_for_selector(".tl-plan-lists .tl-planned >> text=Paul du quartier")
    page.goto("/my")
    there = present(page)
    page.click("[data-way^=desk_]")
    page.wait_for_selector(".tl-scanner.tl-live")
    [[code]] = sandbox.databases.server.sql(CODE, database=sandbox.prefix)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".tl-scan-answer[data-outcome=in]")
    page.goto("/my")
    assert present(page) == there + 1
    statement = page.locator("[data-way^=statements_]")
    due = euros(text_of(statement))
    statement.click()
    assert due == euros(text_of(page.locator("tr:has-text('Dû') >> nth=0")))
    paper = page.locator("a[href*='statement'][href$='.pdf'], a:has-text('(PDF)')")
    assert download(page, paper.first.get_attribute("href")).startswith(b"%PDF")


def test_a_day_of_a_funder(arrive):
    """Each figure of the report leads to lines that add up to it, and to receipts."""
    page = arrive("financeur")
    need(page, "reports").click()
    page.wait_for_selector("#table")
    assert "Signé" in text_of(page.locator(".tl-funding"))
    report = page.url.split("#")[0]
    figures = {}
    for figure in page.locator(".cerfa td.number a[href*='/line/']").all():
        cents = figure.locator(".cents")
        if cents.count():
            figures[figure.get_attribute("href")] = euros(text_of(cents))
    assert len(figures) > 2
    receipts, added_up = set(), 0
    for address, shown in figures.items():
        page.goto(address)
        costs = page.locator(".tl-funding tbody tr .tl-cost").all()
        if costs:  # lines of income have no cost
            assert sum(euros(text_of(cost)) for cost in costs) == shown, address
            added_up += 1
        for link in page.locator(".tl-funding tbody a[href*='/document/']").all():
            receipts.add(link.get_attribute("href"))
    assert receipts and added_up > 2
    for address in sorted(receipts)[:3]:
        assert download(page, address).startswith(b"%PDF")
    with page.context.browser.new_context() as stranger:
        assert "/web/login" in stranger.request.get(report).url
