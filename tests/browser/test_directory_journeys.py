"""What visitors, members and venue managers do on the public site and its portal."""

import re


def test_a_visitor_finds_a_place_despite_a_typo_on_a_phone(open_page):
    page = open_page(phone=True)
    page.goto("/")
    page.fill("#tl_home_search", "etabi pentes")
    page.press("#tl_home_search", "Enter")
    page.wait_for_url("**/lieux?search=*")
    assert page.locator(".tl-card-name").all_inner_texts() == ["L'Établi des Pentes"]

    page.wait_for_selector(".tl-live")
    page.fill("#tl_search", "etablit")
    page.press("#tl_search", "Enter")
    page.wait_for_function("document.querySelectorAll('.tl-card').length === 3")
    page.locator(".tl-filter-box").evaluate("box => { box.open = true; }")
    page.check("input[name=accessible]")
    page.wait_for_function("document.querySelectorAll('.tl-card').length === 2")
    assert page.locator(".tl-count").inner_text() == "2 lieux trouvés"
    page.select_option("#tl_service", "workshop")
    page.wait_for_function("document.querySelectorAll('.tl-card').length === 1")
    assert "accessible=1" in page.url and "service=workshop" in page.url

    page.click(".tl-show-map")
    page.wait_for_selector(".tl-map-drawn .leaflet-marker-icon.tl-marker")
    assert page.locator(".tl-marker").count() == 1
    page.click(".tl-show-list")
    page.click(".tl-card-name a")
    page.wait_for_selector(".tl-venue h1")
    assert page.locator("h1").inner_text() == "L'Établi des Pentes"
    assert "Repair café" in page.locator(".tl-events").inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing sticks out of a phone's screen"


def test_the_directory_works_without_javascript(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/lieux")
    page.fill("#tl_search", "ruche")
    page.press("#tl_search", "Enter")
    page.wait_for_url("**search=ruche**")
    assert page.locator(".tl-card-name").all_inner_texts() == ["La Ruche"]
    context.close()


def test_a_person_says_who_sees_what_and_checks(open_page):
    page = open_page("membre")
    page.goto("/my/profile")
    page.fill("#tl_headline", "Menuisière et formatrice")
    page.check("input[name=visibility_biography][value=network]", force=True)
    page.check("input[name=visibility_email][value=public]", force=True)
    page.click(".tl-save button")
    page.wait_for_selector(".alert-success")
    page.click(".alert-success a")
    page.wait_for_selector(".alert-info")
    shown = page.locator("#wrap").inner_text()
    assert "Menuisière et formatrice" in shown and "membre@example.org" in shown
    assert "Une histoire à moi" not in shown

    visitor = open_page()
    visitor.goto("/lieux?search=menuisiere+formatrice")
    visitor.click(".tl-people-list a")
    visitor.wait_for_selector(".tl-person-page h1")
    assert visitor.locator("h1").inner_text() == "Zoé Perrin"
    assert "Une histoire à moi" not in visitor.content()
    # another member sees what is for the network
    colleague = open_page("gerante")
    colleague.goto(visitor.url)
    assert "Une histoire à moi" in colleague.content()
    # and hidden, the page is that of nobody
    page.goto("/my/profile")
    page.check("input[name=visibility_name][value=nobody]", force=True)
    page.click(".tl-save button")
    page.wait_for_selector(".alert-success")
    assert visitor.goto(visitor.url).status == 404
    page.goto("/my/profile")
    page.check("input[name=visibility_name][value=public]", force=True)
    page.click(".tl-save button")
    page.wait_for_selector(".alert-success")


def test_a_manager_changes_the_hours_and_the_page_says_so(open_page):
    page = open_page("gerante")
    page.goto("/my/venues")
    page.click(".tl-my-venues .btn-primary")
    page.wait_for_selector(".tl-venue-form")
    page.fill("input[name=from_5_0]", "18:00")
    page.fill("input[name=to_5_0]", "10:00")
    page.click(".tl-save button")
    page.wait_for_selector("#tl_day_5_error")
    assert "de quand à quand" in page.locator("#tl_day_5_error").inner_text()
    page.fill("input[name=from_5_0]", "10:00")
    page.fill("input[name=to_5_0]", "17:30")
    page.click(".tl-save button")
    page.wait_for_selector(".alert-success a")
    page.click(".alert-success a")
    page.wait_for_selector(".tl-hours")
    saturday = page.locator(".tl-hours tr").nth(5).inner_text()
    assert re.sub(r"\s+", " ", saturday).lower() == "samedi 10 h – 17 h 30"
