"""Make a freshly installed database ready to be copied: usage, CONF."""

import sys

from session import progress, session

UNMADE = """
    SELECT constraint_.name
      FROM ir_model_constraint AS constraint_
      JOIN ir_module_module AS module ON module.id = constraint_.module
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
        progress("building the pages' scripts and styles", 0, 0)
        env["ir.qweb"]._pregenerate_assets_bundles()


if __name__ == "__main__":
    main(*sys.argv[1:])
