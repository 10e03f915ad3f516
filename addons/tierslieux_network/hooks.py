# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo.tools import SQL, file_open

# Pieces of Odoo's default header and footer that say nothing of the network.
NOT_OURS = (
    "website.header_call_to_action",
    "website.header_search_box",
    "website.header_text_element",
    "website.brand_promotion",
)

HOME_PAGE = """
<t name="Home" t-name="website.homepage">
    <t t-call="website.layout" pageName.f="homepage">
        <div id="wrap">
            <t t-call="tierslieux_network.home"/>
            <div class="oe_structure"/>
        </div>
    </t>
</t>"""

EMPTY_PAGE = """
<t name="Home" t-name="website.homepage">
    <t t-call="website.layout" pageName.f="homepage">
        <div id="wrap" class="oe_structure oe_empty"/>
    </t>
</t>"""


def create_search_extension(env):
    """The directory's search forgives typos with pg_trgm, a trusted extension:
    the owner of the database may create it."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


def drop_functions(env, *names):
    """Triggers go with their tables; their functions stay behind unless they are
    dropped. CASCADE takes the triggers of tables still there."""
    for name in names:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL.identifier(name)))


def clean_up(env):
    """What would stay behind, or call templates that are gone."""
    drop_functions(
        env,
        "tierslieux_refuse_change",
        "tierslieux_refuse_adopted",
        "tierslieux_refuse_part_of_adopted",
    )
    views = env["ir.ui.view"].with_context(active_test=False)
    for view in views.search([("key", "=", "website.homepage")]):
        if "tierslieux_network.home" in view.arch_db:
            view.arch_db = EMPTY_PAGE


def set_up_website(env):
    """A site in French first, with the network's home page, logo and menu; what
    somebody made of their site already is left as it is."""
    french = env["res.lang"]._activate_lang("fr_FR")
    for website in env["website"].search([]):
        website.language_ids |= french
        website.default_lang_id = french
        _set_home_page(website)
        _set_logo(website)
        _hide(website, NOT_OURS)
    _set_menus(env)
    module = env["ir.module.module"].search([("name", "=", "tierslieux_network")])
    module._update_translations(["fr_FR"])


def _set_home_page(website):
    view = website.with_context(website_id=website.id).viewref("website.homepage")
    if "oe_empty" in view.arch_db:
        view.with_context(website_id=website.id, lang=None).write(
            {"name": "Accueil", "arch_db": HOME_PAGE}
        )


def _set_logo(website):
    if base64.b64decode(website.logo or b"") == _file("website", "website_logo.svg"):
        website.logo = base64.b64encode(_file("tierslieux_network", "logo.svg"))


def _hide(website, keys):
    for key in keys:
        view = website.with_context(website_id=website.id).viewref(key)
        view.with_context(website_id=website.id).active = False


def _file(module, name):
    with file_open(f"{module}/static/src/img/{name}", "rb") as file:
        return file.read()


def _set_menus(env):
    """Events are called an agenda here; writing to us is in the footer."""
    menus = env["website.menu"].search([("url", "in", ["/event", "/contactus"])])
    agenda = menus.filtered(lambda menu: menu.url == "/event")
    agenda.with_context(lang="en_US").name = "Agenda"
    agenda.with_context(lang="fr_FR").write({"name": "Agenda", "sequence": 30})
    (menus - agenda).unlink()
