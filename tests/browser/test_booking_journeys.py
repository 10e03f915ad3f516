"""What coworkers and venue managers do with bookings, click by click."""

import re
from datetime import date, timedelta

import pytest
from looking import next_monday


def fits(page, width=390):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_coworker_books_in_two_clicks_moves_and_cancels_on_a_phone(open_page):
    page = open_page("membre", phone=True)
    page.goto("/my")
    fits(page)
    # one: a time far enough to be changed
    page.locator(".tl-home-booking .tl-time").last.click()
    page.wait_for_selector(".tl-choice-panel")
    fits(page)
    chosen = page.locator(".tl-choice-when").inner_text()
    # and two
    page.click(".tl-confirm")
    page.wait_for_url("**/my/bookings/*")
    assert "C’est réservé" in page.locator(".alert-success").inner_text()
    assert page.locator(".tl-choice-when").inner_text() == chosen
    fits(page)

    page.click("a[href$='/move']")
    page.wait_for_selector(".tl-week")
    page.locator(".tl-week .tl-time").last.click()
    page.wait_for_selector(".tl-confirm")
    moved = page.locator(".tl-choice-when").inner_text()
    assert moved != chosen
    page.click(".tl-confirm")
    page.wait_for_selector(".alert-success")
    assert page.locator(".tl-choice-when").inner_text() == moved

    page.click(".tl-erasure summary")
    page.click(".tl-erasure button")
    page.wait_for_selector(".alert-success")
    assert "annulée" in page.locator(".alert-success").inner_text()
    page.goto("/my/bookings")
    assert "Annulée" in page.locator(".tl-booking-rows li").first.inner_text()


def test_a_visitor_searches_on_a_phone_and_signs_in_to_confirm(open_page, site):
    page = open_page(phone=True)
    page.goto(f"/reserver?day={next_monday()}")
    page.wait_for_selector(".tl-live")
    page.check("input[name=what][value=room]", force=True)
    page.wait_for_function(
        "[...document.querySelectorAll('.tl-offer-name')]"
        ".every(one => one.textContent.includes('Salle'))"
    )
    page.fill("#tl_search", "lack")  # the lake, mistyped
    page.press("#tl_search", "Enter")
    page.wait_for_function("document.querySelectorAll('.tl-offer').length === 1")
    assert "L'Établi du Lac" in page.locator(".tl-offers-venue").inner_text()
    fits(page)
    page.locator(".tl-time").first.click()
    page.wait_for_selector(".tl-sign-in")
    page.locator(".tl-sign-in a").first.click()
    page.wait_for_selector("input[name=login]")
    page.fill("input[name=login]", "membre")
    page.fill("input[name=password]", "membre")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".tl-confirm")
    page.click(".tl-confirm")
    page.wait_for_url("**/my/bookings/*")


def test_the_one_who_comes_second_is_told_what_is_free(open_page):
    first, second = open_page("membre"), open_page("gerante")
    for page in (first, second):
        page.goto(f"/reserver?what=room&search=ruche&day={next_monday()}")
        page.locator(".tl-time").first.click()
        page.wait_for_selector(".tl-confirm")
    first.click(".tl-confirm")
    first.wait_for_url("**/my/bookings/*")
    second.click(".tl-confirm")
    second.wait_for_selector(".alert-warning")
    said = second.locator(".alert-warning")
    assert "déjà pris" in said.inner_text()
    said.locator(".tl-time").first.click()
    second.wait_for_selector(".tl-confirm")
    second.click(".tl-confirm")
    second.wait_for_url("**/my/bookings/*")


def test_searching_without_javascript(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/reserver")
    page.fill("#tl_search", "ruche")
    page.fill("#tl_day", str(next_monday()))
    page.press("#tl_search", "Enter")
    page.wait_for_url("**search=ruche**")
    assert "La Ruche" in page.locator(".tl-offers-venue").inner_text()
    page.locator(".tl-time").first.click()
    page.wait_for_selector(".tl-sign-in")
    context.close()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_managers_day(open_page, phone):
    page = open_page("gerante", phone=phone)
    page.goto("/my/venues")
    page.click("a[href$='/planning']")
    page.wait_for_selector(".tl-planning")
    day = next_monday() + timedelta(days=2 if phone else 1)
    page.goto(f"{page.url}?date={day}")
    page.wait_for_selector(".tl-planning.tl-live")
    cells = ".tl-cell-time" if phone else ".tl-cell"
    plan = ".tl-plan-lists" if phone else ".tl-plan-day"
    fits(page, 390 if phone else 1440)
    # a walk-in: one click opens, one books
    page.locator(f"{plan} {cells}").first.click()
    page.wait_for_selector("dialog[open] #tl_who")
    page.fill("#tl_who", "Paul du quartier")
    page.click("dialog button[value=walk_in]")
    page.wait_for_selector(".alert-success")
    page.locator(f"{plan} .tl-planned", has_text="Paul du quartier").click()
    page.wait_for_selector(".tl-planned-acts")
    assert "Paul du quartier" in page.locator("h1").inner_text()
    # it cannot be missed before it begins, and is cancelled with a reason
    assert not page.locator("form[action$='no-show']").count()
    page.click(".tl-erasure summary")
    page.fill("#tl_reason", "Il a téléphoné")
    page.click(".tl-erasure button")
    page.wait_for_selector(".alert-success")
    # maintenance
    page.goto(re.sub(r"/planning/.*", f"/planning?date={day}", page.url))
    page.wait_for_selector(".tl-planning.tl-live")
    page.locator(f"{plan} {cells}").last.click()
    page.wait_for_selector("dialog[open] #tl_who")
    page.fill("#tl_who", "Peinture")
    page.click(".tl-maintenance summary")
    page.click("dialog button[value=maintenance]")
    page.wait_for_selector(".alert-success")
    assert page.locator(f"{plan} .tl-planned-maintenance").count() == 1
    # somebody who did not come
    yesterday = date.today() - timedelta(days=1)
    page.goto(re.sub(r"\?.*", f"?view=week&date={yesterday}", page.url))
    page.wait_for_selector(".tl-plan-week")
    fits(page, 390 if phone else 1440)
    page.wait_for_selector(".tl-plan-week-row")
    missed = "Zoé Perrin" if phone else "Absente Durand"
    page.locator(".tl-planned", has_text=missed).first.click()
    page.click("form[action$='no-show'] button")
    page.wait_for_selector(".alert-success")
    assert "Absent" in page.locator(".tl-badge").first.inner_text()


def test_the_free_times_are_reached_by_keyboard(open_page):
    page = open_page("membre")
    page.goto(f"/reserver?what=room&search=plateau&day={next_monday()}")
    page.focus("#tl_place")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.tl-time')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is seen"
    page.keyboard.press("Enter")
    page.wait_for_selector(".tl-confirm")
    page.focus(".tl-confirm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/bookings/*")
