"""Shares of a place: an inhabitant subscribes, pays, is admitted, holds a certificate
that anybody checks; the board refuses somebody; the treasurer matches, gives back,
verifies."""

import base64

from looking import assert_no_barrier, text_of

CALL = """async ([model, method, args]) => {
    const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({params: {model, method, args, kwargs: {}}}),
    });
    const {result, error} = await answer.json();
    if (error) {
        throw new Error(error.data.message);
    }
    return result;
}"""


IBAN = "FR14 2004 1010 0505 0001 3M02 606"


def choose_shares(page, number):
    page.goto("/foncieres")
    assert_no_barrier(page)
    page.locator(".tl-card-name a", has_text="Les murs").click()
    page.wait_for_selector(".tl-issue")
    assert_no_barrier(page)
    page.click("text=Prendre des parts")
    page.wait_for_selector(".tl-share-form.tl-live")
    page.fill("#tl_shares", str(number - 1))
    page.click(".tl-more")
    assert text_of(page.locator(".tl-share-amount")).startswith(f"{number}00")
    assert_no_barrier(page)
    page.click("button:has-text('Continuer')")


def tell_who(page):
    page.fill("#tl_born_on", "1990-02-03")
    page.fill("#tl_street", "4 rue des Tables-Claudiennes")
    page.fill("#tl_zip", "69001")
    page.fill("#tl_city", "Lyon")
    assert_no_barrier(page)
    page.click("form .btn-primary:has-text('Continuer')")


def accept(page):
    page.wait_for_selector(".tl-conditions")
    assert_no_barrier(page)
    page.check("input[name=accepted]")
    page.click("text=Réserver et payer")
    page.wait_for_selector(".tl-transfer-qr img")
    assert_no_barrier(page)
    reference = page.locator("[aria-label='Copier la référence']")
    return reference.get_attribute("data-text")


def bank_tells(treasurer, reference, amount):
    """The treasurer brings in a line of the bank's statement."""
    treasurer.goto("/odoo/share-bank-lines")
    treasurer.click(".o_list_button_add")
    row = treasurer.locator(".o_selected_row")
    row.locator("[name=payment_ref] input").fill(f"VIR SEPA RECU {reference}")
    row.locator("[name=amount] input").fill(str(amount))
    treasurer.click(".o_list_button_save")
    treasurer.wait_for_selector(
        f"tr.o_data_row:has-text('{reference}') [name=is_reconciled] input:checked"
    )


def open_subscription(office, reference):
    office.goto("/odoo/share-subscriptions")
    office.click(f"td:has-text('{reference}')")
    office.wait_for_selector(f".o_form_view :text('{reference}')")


def state_of(office):
    return text_of(office.locator(".o_statusbar_status .o_arrow_button_current"))


def read_file(treasurer, name):
    """The treasurer checks the account of somebody and makes the file for the bank."""
    treasurer.goto("/odoo/share-payouts")
    chosen = f"tr.o_data_row:has-text('{name}') .o_list_record_selector input"
    treasurer.click(chosen)
    treasurer.click("button:has-text('Le compte est bien le leur')")
    treasurer.click(".modal .btn-primary")
    treasurer.wait_for_selector(
        f"tr.o_data_row:has-text('{name}') [name=is_trusted] input:checked"
    )
    if not treasurer.is_checked(chosen):
        treasurer.click(chosen)
    treasurer.click("button:has-text('Préparer le fichier pour la banque')")
    treasurer.wait_for_selector(".o_form_view .o_field_widget[name=payment_line_ids]")
    orders = treasurer.evaluate(
        CALL,
        ["account.payment.order", "search_read", [[], ["payment_file_datas", "state"]]],
    )
    assert [order["state"] for order in orders] == ["generated"]
    treasurer.goto("/odoo/share-payouts")
    # the list of before is shown until that of now is there
    treasurer.wait_for_selector(".o_list_view")
    treasurer.wait_for_selector(f"tr.o_data_row:has-text('{name}')", state="detached")
    return base64.b64decode(orders[0]["payment_file_datas"]).decode()


def test_an_inhabitant_becomes_co_owner(open_page):
    phone = open_page(phone=True)
    choose_shares(phone, 6)
    assert "6 parts" in text_of(phone.locator(".tl-subscribe"))
    assert_no_barrier(phone)
    phone.click("text=Créer un compte")
    phone.fill("input[name=login]", "ines.roche@example.org")
    phone.fill("input[name=name]", "Inès Roche")
    phone.fill("input[name=password]", "tables-claudiennes")
    phone.fill("input[name=confirm_password]", "tables-claudiennes")
    phone.click(".oe_signup_form button[type=submit]")
    phone.wait_for_selector("#tl_born_on")
    tell_who(phone)
    reference = accept(phone)
    mine = phone.url.split("?")[0]

    treasurer = open_page("tresorier")
    # fifty euros too much
    bank_tells(treasurer, reference, 650)
    open_subscription(treasurer, reference)
    assert state_of(treasurer) == "Payées"
    treasurer.click("button:has-text('Rendre la somme')")
    treasurer.wait_for_selector("button:has-text('Rendre la somme')", state="detached")
    phone.goto(mine)
    assert "conseil" in text_of(phone.locator(".tl-lead"))

    board = open_page("president")
    open_subscription(board, reference)
    board.click(".o_statusbar_buttons button:has-text('Admettre')")
    board.wait_for_selector(".o_arrow_button_current:has-text('Attribuées')")

    phone.goto("/my/shares")
    assert "6 parts" in text_of(phone.locator(".tl-raised"))
    assert_no_barrier(phone)
    paper = phone.locator("a[href*='/my/shares/certificate/']").get_attribute("href")
    assert phone.request.get(paper).body()[:4] == b"%PDF"
    account = phone.locator("a[href*='/my/shares/account/']").get_attribute("href")
    assert phone.request.get(account).body()[:4] == b"%PDF"
    codes = board.evaluate(
        CALL,
        ["tierslieux.share.certificate", "search_read", [[], ["code"]]],
    )
    code = codes[0]["code"]

    passer_by = open_page(phone=True)
    passer_by.goto(f"/foncieres/certificat/{code}")
    answer = text_of(passer_by.locator(".tl-answer-good"))
    assert "I. R." in answer and "6 parts" in answer
    assert "Inès" not in text_of(passer_by.locator("#wrap"))
    assert_no_barrier(passer_by)
    other = "0" if code[3] != "0" else "1"
    passer_by.fill("#tl_code", f"{code[:3]}{other}{code[4:]}")
    passer_by.click("button:has-text('Vérifier le code')")
    assert "code n’est pas bon" in text_of(passer_by.locator(".tl-answer-bad"))

    treasurer.goto("/odoo/share-registers")
    treasurer.click("td:has-text('Foncière des Pentes')")
    treasurer.click("button:has-text('Vérifier')")
    treasurer.wait_for_selector(".o_notification .bg-success")

    # gives shares back: told what happens before it is asked for
    phone.goto("/my/shares")
    phone.click("text=Demander un remboursement")
    phone.fill("#tl_shares", "2")
    phone.click("text=Voir ce qui se passerait")
    phone.wait_for_selector("#tl_outlook")
    assert_no_barrier(phone)
    phone.fill("#tl_iban", IBAN)
    phone.click("button:has-text('Faire la demande')")
    phone.wait_for_selector(".alert-success")
    assert "2 parts" in text_of(phone.locator(".tl-portal .alert-info"))


def test_the_board_refuses_and_the_money_goes_back(open_page):
    page = open_page("habitante")
    choose_shares(page, 3)
    tell_who(page)
    reference = accept(page)
    mine = page.url.split("?")[0]
    treasurer = open_page("tresorier")
    bank_tells(treasurer, reference, 300)
    board = open_page("president")
    open_subscription(board, reference)
    board.click(".o_statusbar_buttons button:has-text('Refuser')")
    board.fill(".modal textarea", "Un associé de ce nom existe déjà.")
    board.click(".modal button:has-text('Refuser')")
    board.wait_for_selector(".modal", state="detached")
    page.goto(mine)
    told = text_of(page.locator(".tl-portal"))
    assert "Un associé de ce nom existe déjà." in told
    # no bank told which account paid: the subscriber says where the money goes
    assert_no_barrier(page)
    page.fill("#tl_iban", IBAN)
    page.click("button:has-text('Indiquer ce compte')")
    page.wait_for_selector(".alert-success")
    assert read_file(treasurer, "Maud Perrin").count(IBAN.replace(" ", "")) == 1
    assert page.locator(".tl-transfer").count() == 0
    page.goto("/my/shares")
    assert page.locator("a[href*='/my/shares/certificate/']").count() == 0
    assert_no_barrier(page)
