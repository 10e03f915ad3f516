"""No serious barrier on the public pages and the portal, as axe finds them."""

import pytest
from looking import assert_no_barrier

PAGES = {
    "home": ("/", None),
    "directory": ("/lieux", None),
    "search": ("/lieux?search=etabli+menuisiere", None),
    "venue": ("/lieux?search=pentes", None),
    "person": ("/lieux?search=zoe+perrin", None),
    "profile": ("/my/profile", "membre"),
    "preview": ("/my/profile/preview", "membre"),
    "venues": ("/my/venues", "gerante"),
    "venue form": ("/my/venues", "gerante"),
    "votes to cast": ("/my", "membre"),
    "assemblies": ("/my/assemblies", "membre"),
    "assembly": ("/my/assemblies", "membre"),
    "vote": ("/my", "membre"),
    "election": ("/my", "membre"),
    "register": ("/my/resolutions", "membre"),
    "resolution": ("/my/resolutions", "membre"),
    "statutes": ("/my/statutes", "membre"),
    "what is free": ("/reserver", None),
    "bookable": ("/reserver?what=desk", None),
    "time chosen": ("/reserver?what=desk", "membre"),
    "bookings": ("/my/bookings", "membre"),
    "booking": ("/my/bookings", "membre"),
    "calendar": ("/my/bookings/calendar", "membre"),
    "plan": ("/my/venues", "gerante"),
    "marks": ("/marque", None),
    "rules of use": ("/marque/reglement", None),
    "register of licences": ("/marque/registre", None),
    "licence checked": ("/marque/registre", None),
    "code altered": ("/marque/verifier/0123456789ABCDEF00", None),
    "my marks": ("/my/brand", "gerante"),
    "committee": ("/my/brand/committee", "comite"),
    "my reviews": ("/my/brand/review", "pair"),
    "properties": ("/foncieres", None),
    "property": ("/foncieres", None),
    "my shares": ("/my/shares", "habitante"),
    "certificate altered": ("/foncieres/certificat/0123456789ABCDEF00", None),
    "trainings": ("/formations", None),
    "agenda": ("/agenda", None),
    "my training": ("/my/training", "formatrice"),
    "grants": ("/my/funding", "mecene"),
    "grant": ("/my/funding", "mecene"),
    "financial report": ("/my/funding", "mecene"),
}
FOLLOW = {
    "venue": ".tl-card-name a",
    "person": ".tl-people-list a",
    "venue form": ".tl-my-venues .btn-primary",
    "assembly": ".tl-my-venues a",
    "vote": ".tl-quick button",
    "election": ".tl-to-vote a.btn",
    "resolution": ".tl-my-venues a",
    "bookable": ".tl-offer-name a",
    "property": ".tl-properties .tl-card-name a",
    "time chosen": ".tl-time",
    "booking": ".tl-booking-rows a",
    "plan": "a[href$='/planning']",
    "licence checked": ".tl-register a",
    "grant": ".tl-funding h2 a",
    "financial report": ".tl-funding .btn-primary",
}


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_barrier(open_page, name, phone):
    url, login = PAGES[name]
    page = open_page(login, phone=phone)
    page.goto(url)
    if name in FOLLOW:
        page.locator(FOLLOW[name]).first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")
    if page.locator(".tl-map:visible").count():
        page.locator(".tl-map:visible").scroll_into_view_if_needed()
        page.wait_for_selector(".tl-map-drawn .leaflet-control-scale")
    assert_no_barrier(page)


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
