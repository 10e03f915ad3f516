"""The server the tests run on, and a browser before a site.

Who looks at a site gives the fixture `site`: its `url`, `password(login)`, `cookies` (a
dict of its own), `troubles()`.
"""

import contextlib
import os
import resource

import pytest

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def databases():
    """The databases of this checkout, the template of ours among them, so that a test
    can copy one and do with it what it likes."""
    from cli import commands

    with commands.ready() as databases:
        databases.ensure_template()
        yield databases


@pytest.fixture(scope="session")
def launch():
    """``launch(*arguments)``: a browser of its own."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = next((path for path in BROWSERS if os.path.exists(path)), None)
    # Odoo limits the memory of this process; a browser reserves far more than it uses.
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    with sync_api.sync_playwright() as playwright, contextlib.ExitStack() as launched:

        def launch(*arguments):
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", *arguments]
            )
            launched.callback(browser.close)
            return browser

        yield launch


@pytest.fixture(scope="session")
def browser(launch):
    return launch()


def sign_in(page, login, password):
    """Through the page that people see."""
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)


@pytest.fixture
def signed_in(site, browser):
    """``signed_in(login)``: the cookies of somebody who signed in, once for a site."""

    def cookies(login):
        if login not in site.cookies:
            with browser.new_context(base_url=site.url, locale="fr-FR") as context:
                page = context.new_page()
                page.set_default_timeout(30000)
                sign_in(page, login, site.password(login))
                site.cookies[login] = context.storage_state()
        return site.cookies[login]

    return cookies


@pytest.fixture
def open_page(site, browser, signed_in):
    """``open_page(login=None, phone=False, within=browser)``: a page of its own
    window, signed in as ``login``, that fails the test on a script error."""
    contexts, errors = [], []

    def opened(login=None, phone=False, within=browser):
        size = (
            {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        )
        context = within.new_context(
            base_url=site.url,
            viewport=size,
            locale="fr-FR",
            has_touch=phone,
            storage_state=signed_in(login) if login else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site.url, "data:", "blob:"))
                else errors.append(f"request outside: {request.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            if told := page.locator(".o_error_dialog").all_inner_texts():
                errors.append(f"{page.url}: {told}")
        context.close()
    if errors:
        print(site.troubles())
    assert not errors


@pytest.fixture
def arrive(site, open_page):
    """``arrive(login, phone=False)``: somebody who signs in and is on their first
    page."""

    def arrived(login, phone=False):
        page = open_page(phone=phone)
        sign_in(page, login, site.password(login))
        page.wait_for_selector(".tl-start")
        return page

    return arrived
