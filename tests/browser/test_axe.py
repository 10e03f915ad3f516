"""No serious barrier on the pages most used, as axe finds them."""

import pytest
from looking import NOT_OURS, assert_no_barrier

# The pages most used: who opens them, and what is clicked there.
PAGES = {
    "home": ("/", None),
    "directory": ("/lieux", None),
    "venue": ("/lieux?search=pentes", None, ".tl-card-name a"),
    "person": ("/lieux?search=zoe+perrin", None, ".tl-people-list a"),
    "join": ("/adherer", None),
    "member's day": ("/my", "membre"),
    "profile": ("/my/profile", "membre"),
    "assembly": ("/my/assemblies", "membre", ".tl-my-venues a"),
    "vote": ("/my", "membre", ".tl-quick button"),
    "resolution": ("/my/resolutions", "membre", ".tl-my-venues a"),
    "what is free": ("/reserver", None),
    "time chosen": ("/reserver?what=desk", "membre", ".tl-time"),
    "booking": ("/my/bookings", "membre", ".tl-booking-rows a"),
    "manager's day": ("/my", "gardienne"),
    "venue form": ("/my/venues", "gardienne", ".tl-my-venues .btn-primary"),
    "plan": ("/my", "gardienne", "[data-way^=plan_]"),
    "desk": ("/my", "gardienne", "[data-way^=desk_]"),
    "my pass": ("/my/pass", "titulaire"),
    "my marks": ("/my/brand", "gerante"),
    "licence checked": ("/marque/registre", None, ".tl-register a"),
    "property": ("/foncieres", None, ".tl-properties .tl-card-name a"),
    "my shares": ("/my/shares", "habitante"),
    "agenda": ("/agenda", None),
    "my training": ("/my/training", "formatrice"),
    "funder's day": ("/my", "mecene"),
    "financial report": ("/my/funding", "mecene", ".tl-funding .btn-primary"),
    "board's day": ("/odoo/accueil", "bureau"),
    "treasurer's day": ("/odoo/accueil", "tresoriere"),
}
# The frame of the back office is Odoo's too.
OFFICE = {"include": [[".o_tierslieux_home"]]}


@pytest.mark.parametrize("name", PAGES)
def test_no_serious_barrier(open_page, name):
    """On a desktop, then on a phone."""
    url, login, *clicked = PAGES[name]
    page = open_page(login)
    page.goto(url)
    for selector in clicked:
        # what is looked at is the page it leads to, not the one that is left
        with page.expect_navigation():
            page.locator(selector).first.click()
    if url.startswith("/odoo"):
        # it never stops asking for what is new
        page.wait_for_selector(".tl-start")
        context = OFFICE
    else:
        page.wait_for_load_state("networkidle")
        context = NOT_OURS
    if page.locator(".tl-map:visible").count():
        page.locator(".tl-map:visible").scroll_into_view_if_needed()
        page.wait_for_selector(".tl-map-drawn .leaflet-control-scale")
    assert_no_barrier(page, context)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_no_barrier(page, context)


def test_everything_is_reached_by_keyboard(open_page):
    page = open_page()
    page.goto("/lieux")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#wrap"
    page.wait_for_selector(".tl-live")
    page.focus("#tl_search")
    page.keyboard.type("ruche")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.tl-card').length === 1")
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.tl-card-name') !== null"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is seen"
    page.keyboard.press("Enter")
    page.wait_for_selector(".tl-venue h1")
    assert page.locator("h1").inner_text() == "La Ruche"
