"""A trainee enrols on the phone and signs the contract; signs the half-day with the
code that the trainer shows, or on the trainer's tablet; the certificate is there."""

from looking import assert_no_barrier, text_of


def draw(page):
    """A stroke in the frame to sign in."""
    frame = page.locator(".tl-signature canvas")
    frame.scroll_into_view_if_needed()
    page.wait_for_function(
        "document.querySelector('.tl-signature canvas').width !== 300"
    )
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 110, steps=4)
    page.mouse.move(box["x"] + 220, box["y"] + 30, steps=4)
    page.mouse.up()


def test_a_trainee_enrols_signs_and_has_a_certificate(open_page):
    phone = open_page("stagiaire", phone=True)
    phone.goto("/agenda")
    assert_no_barrier(phone)
    phone.goto("/formations")
    assert_no_barrier(phone)
    phone.click("h2 a:has-text('Faciliter un tiers-lieu')")
    assert_no_barrier(phone)
    phone.click("a:has-text('S’inscrire')")
    assert_no_barrier(phone)
    phone.click("button:has-text('M’inscrire')")
    phone.wait_for_selector(".tl-signature canvas")
    assert "25,00" in text_of(phone.locator(".tl-portal"))
    assert_no_barrier(phone)
    phone.click("button:has-text('Signer')")
    assert "Signez dans le cadre" in text_of(phone.locator(".alert-danger"))
    draw(phone)
    phone.click("button:has-text('Signer')")
    phone.wait_for_selector(".alert-success")
    assert "vous rétracter" in text_of(phone.locator(".tl-portal"))

    tablet = open_page("formatrice")
    tablet.goto("/my/training")
    tablet.click("li:has-text('session du jour') a")
    code = tablet.locator(".tl-code").inner_text()
    assert_no_barrier(tablet)

    phone.goto("/my/training")
    assert_no_barrier(phone)
    phone.click("li:has-text('session du jour') a")
    phone.click("a:has-text('Signer')")
    phone.fill("#tl_code", "AAAAAA")
    draw(phone)
    phone.click("button:has-text('Signer')")
    assert "pas le code" in text_of(phone.locator(".alert-danger"))
    phone.fill("#tl_code", code.lower())
    draw(phone)
    phone.click("button:has-text('Signer')")
    phone.wait_for_selector(".alert-success")
    assert "3 h 30" in text_of(phone.locator(".tl-portal"))
    assert_no_barrier(phone)

    tablet.reload()
    assert tablet.locator(".tl-sheet img").count() == 1
    tablet.click("a:has-text('Signer ici')")
    assert_no_barrier(tablet)
    draw(tablet)
    tablet.click("button:has-text('Signer')")
    tablet.wait_for_selector(".alert-success")
    assert tablet.locator(".tl-sheet img").count() == 2
    draw(tablet)
    tablet.click("form[action$='/own'] button:has-text('Signer')")
    tablet.wait_for_selector(".alert-success")
    link = tablet.locator("a[href$='/sheet.pdf']").get_attribute("href")
    assert tablet.request.get(link).body()[:4] == b"%PDF"

    phone.goto("/my/training")
    phone.click("li:has-text('session passée') a")
    link = phone.locator("a:has-text('Certificat de réalisation')")
    answer = phone.request.get(link.get_attribute("href"))
    assert answer.body()[:4] == b"%PDF"
    assert "3 h 30" in text_of(phone.locator("li:has-text('Certificat')"))
