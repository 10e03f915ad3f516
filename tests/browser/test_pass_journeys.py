"""The pass on a phone: a coworker who subscribes and comes in, a desk's day."""

import re

from looking import assert_no_barrier, text_of

IBAN = "FR14 2004 1010 0505 0001 3M02 606"
CODE = "TESTCQDETAPAGE234567"
PLATEAU = "L'Établi du Plateau"


def desk(page, venue):
    """Open the scanner of a venue; its address."""
    page.goto("/my/venues")
    page.get_by_label(re.compile(f"accueil.*{venue}")).first.click()
    page.wait_for_selector(".tl-scanner.tl-live")
    return page.url


def scan(page, code, outcome):
    """What a reader types, and what the desk then shows."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".tl-scan-answer[data-outcome={outcome}]")
    page.wait_for_load_state("networkidle")
    return text_of(page.locator(".tl-scan-answer"))


def test_a_coworker_subscribes_and_comes_in(open_page):
    phone = open_page("coworker", phone=True)
    phone.goto("/pass")
    assert_no_barrier(phone)
    phone.click("text=Choisir cette formule")
    phone.click("button:has-text('abonner au pass')")
    assert "IBAN" in text_of(phone.locator("#tl_iban_error")), "refused, in words"
    phone.fill("#tl_iban", IBAN)
    phone.check("input[name=accepted]")
    assert_no_barrier(phone)
    phone.click("button:has-text('abonner au pass')")
    phone.wait_for_selector("img.tl-qr")
    assert "Actif" in text_of(phone.locator(".tl-pass-card"))
    assert_no_barrier(phone)
    number = text_of(phone.locator(".tl-pass-facts dd").first)

    phone.goto("/my/pass/payment")
    assert "FR14 •••• 2606" in text_of(phone.locator(".tl-lead"))
    phone.fill("#tl_iban", "DE89 3704 0044 0532 0130 00")
    phone.check("input[name=accepted]")
    phone.click("button:has-text('Payer ainsi')")
    phone.wait_for_selector(".alert-success")
    phone.goto("/my/pass/payment")
    assert "DE89 •••• 3000" in text_of(phone.locator(".tl-lead"))

    manager = open_page("gerante", phone=True)
    desk(manager, "Pentes")
    assert "pas celui d" in scan(manager, "X" * 20, "refused")
    assert number not in text_of(manager.locator(".tl-scan-lists"))


def test_the_visits_of_two_venues(open_page):
    manager = open_page("gerante", phone=True)
    pentes = desk(manager, "Pentes")
    assert "Léo Roche" in scan(manager, CODE, "in")
    assert "Léo Roche" in text_of(manager.locator(".tl-scan-lists"))
    assert_no_barrier(manager)
    desk(manager, "Plateau")
    scan(manager, CODE.lower(), "in")
    manager.goto(pentes)
    assert "Léo Roche" not in text_of(manager.locator(".tl-scan-lists")), (
        "who comes in elsewhere has left"
    )
    desk(manager, "Plateau")
    manager.click("button[data-direction=out]")
    manager.wait_for_selector(".tl-scan-answer[data-outcome=out]")
    manager.wait_for_function("!document.querySelector('button[data-direction=out]')")

    holder = open_page("titulaire", phone=True)
    holder.goto("/my/visits")
    seen = text_of(holder.locator(".tl-visits-table"))
    assert "Pentes" in seen and "Plateau" in seen
    assert_no_barrier(holder)


def test_a_correction_asked_for_and_approved(open_page):
    holder = open_page("titulaire", phone=True)
    holder.goto("/my/visits")
    row = holder.locator(".tl-visits-table tbody tr", has_text="2 h")
    row.get_by_text("Corriger").click()
    holder.check("input[name=void]")
    holder.fill("#tl_reason", "Je n'étais pas là.")
    holder.click("button:has-text('Demander la correction')")
    holder.wait_for_selector("text=réponse du lieu au plus tard")

    manager = open_page("gerante", phone=True)
    manager.goto(desk(manager, "Pentes").replace("scanner", "visits"))
    asked = manager.locator("section[aria-labelledby=tl_asked]")
    assert "Je n'étais pas là." in text_of(asked)
    assert "Acceptée par règle sans réponse au" in text_of(asked)
    assert_no_barrier(manager)
    asked.get_by_text("Accepter").click()
    asked.wait_for(state="detached")
    holder.goto("/my/visits")
    assert "2 h" not in text_of(holder.locator(".tl-visits-table"))
