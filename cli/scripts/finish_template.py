"""Make a freshly installed database ready to be copied: usage, CONF."""

import sys

from session import progress, session

#: What every page and report asks for; the rest is built when somebody first needs it.
SCRIPTS = (
    "web.assets_frontend_minimal",
    "web.assets_frontend_lazy",
    "web.assets_web",
)
STYLES = (
    "web.assets_frontend",
    "web.assets_web",
    "web.assets_web_print",
    "web.report_assets_common",
    "web.report_assets_pdf",
)

UNMADE = """
    SELECT constraint_.name
      FROM ir_model_constraint AS constraint_
      JOIN ir_module_module AS module ON module.id = constraint_.module
      JOIN ir_model AS model ON model.id = constraint_.model
      -- those of what has no table are made with each table that inherits them
      JOIN pg_class AS own ON own.relname = replace(model.model, '.', '_')
     WHERE module.name = ANY(%s)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = constraint_.name)
       AND NOT EXISTS (SELECT FROM pg_class WHERE relname = constraint_.name)
"""


def main(conf, *names):
    with session(conf) as env:
        # Odoo records a constraint before it makes it, and only logs its failure.
        env.cr.execute(UNMADE, [list(names)])
        unmade = [name for (name,) in env.cr.fetchall()]
        if unmade:
            sys.exit(f"Error: the database lacks constraints: {', '.join(unmade)}")
        absent = set(names) - set(
            env["ir.module.module"]
            .search([("state", "=", "installed"), ("name", "in", names)])
            .mapped("name")
        )
        if absent:
            sys.exit(f"Error: these modules did not install: {', '.join(absent)}")
        build_pages(env["ir.qweb"])


def build_pages(qweb):
    """Build scripts and styles now, so that no first visitor or test waits for them."""
    wanted = [(name, True) for name in SCRIPTS] + [(name, False) for name in STYLES]
    for number, (name, script) in enumerate(wanted):
        progress("building the pages' scripts and styles", number, len(wanted))
        bundle = qweb._get_asset_bundle(name, js=script, css=not script)
        bundle.js() if script else bundle.css()


if __name__ == "__main__":
    main(*sys.argv[1:])
