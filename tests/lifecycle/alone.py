"""One module after the other, installed alone and uninstalled again, in one process.

usage: alone.py CONF NAME:OTHER,OTHER… …, each module with those of ours it stands on.
What the next one does not stand on is uninstalled before it. Prints a line of JSON for
each step: what is installed, and what an uninstallation left or took away.
"""

import json
import sys

import odoo.api
import odoo.modules.registry
from odoo.tools import config

OURS = "tierslieux"
#: Rows are counted in the tables of ours and in those that ours add to.
TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relname ~ '^(tierslieux_|res_partner$|account_move$)'
"""
INSTALLED = """
    SELECT name FROM ir_module_module
     WHERE state = 'installed' AND name ~ '^(tierslieux_|l10n_fr_association)'
"""
#: All that a module may leave: relations, columns, functions, triggers, models.
THINGS = """
    SELECT 'relation ' || relname FROM pg_class
     WHERE relkind IN ('r', 'v', 'm') AND relnamespace = 'public'::regnamespace
     UNION ALL
    SELECT 'column ' || table_name || '.' || column_name
      FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL
    SELECT 'function ' || proname FROM pg_proc WHERE proname ~ '^tierslieux_'
     UNION ALL
    SELECT 'trigger ' || tgrelid::regclass || '.' || tgname
      FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL
    SELECT 'model ' || model FROM ir_model
"""


class Database:
    def __init__(self, name):
        self.name = name

    def column(self, query):
        registry = odoo.modules.registry.Registry(self.name)
        with registry.cursor() as cr:
            cr.execute(query)
            return {value for (value,) in cr.fetchall()}

    def state(self):
        """Each thing there is, and each table with its rows."""
        counts = {
            f"{table} with {count} rows"
            for table in self.column(TABLES)
            for count in self.column(f'SELECT count(*) FROM "{table}"')
        }
        return counts | self.column(THINGS)

    def change(self, names, act):
        registry = odoo.modules.registry.Registry(self.name)
        with registry.cursor() as cr:
            env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
            modules = env["ir.module.module"].search([("name", "in", sorted(names))])
            getattr(modules, f"button_immediate_{act}")()


def main(conf, *wanted):
    config.parse_config(["-c", conf, "--no-http"], setup_logging=True)
    [name] = config["db_name"]
    database = Database(name)
    states = {frozenset(database.column(INSTALLED)): database.state()}
    for one in wanted:
        module, _colon, others = one.partition(":")
        needed = {module, *others.split(",")} - {""}
        installed = database.column(INSTALLED)
        if installed - needed:
            database.change(installed - needed, "uninstall")
            left = frozenset(database.column(INSTALLED))
            now = database.state()
            # a state not seen before holds at least nothing that bears our name
            before = states.get(left) or {one for one in now if OURS not in one}
            tell(
                uninstalled=sorted(installed - left),
                left=sorted(now - before),
                lost=sorted(before - now),
            )
        if module:
            database.change({module}, "install")
            installed = frozenset(database.column(INSTALLED))
            states[installed] = database.state()
            tell(module=module, installed=sorted(installed))


def tell(**step):
    print(json.dumps(step), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
