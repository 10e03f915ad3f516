# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase
from odoo.tools import SQL, mute_logger

#: Seconds after which whoever is waited for does not come any more.
PATIENCE = 90


class AtOnceCase(TransactionCase):
    """Several users at once, each on a connection of their own: rows are committed,
    and removed after."""

    CONTEXT = {
        "lang": "en_US",
        "mail_create_nolog": True,
        "mail_create_nosubscribe": True,
        "tracking_disable": True,
    }

    def environment(self, cr, uid=api.SUPERUSER_ID):
        context = dict(self.CONTEXT)
        if getattr(self, "company_id", None):
            context["allowed_company_ids"] = [self.company_id]
        return api.Environment(cr, uid, context)

    def at_once(self, *acts, isolation="REPEATABLE READ"):
        """What each act, a function of an environment, was answered: what it returns,
        or the sentence of its refusal.

        Every transaction has its snapshot before anybody writes, and is tried again as
        the server does. An act that has to choose its isolation itself begins its
        transaction, and is tried once: ``isolation=None``.
        """
        barrier = threading.Barrier(len(acts), timeout=PATIENCE)

        def run(act):
            def once():
                if isolation:
                    cr.execute(SQL(f"SET TRANSACTION ISOLATION LEVEL {isolation}"))
                if not tried:
                    tried.append(True)
                    if isolation:
                        cr.execute(SQL("SELECT 1"))
                    barrier.wait()
                return act(env)

            tried = []
            with self.registry.cursor() as cr:
                env = self.environment(cr)
                try:
                    return retrying(once, env) if isolation else once()
                except UserError as told:
                    cr.rollback()
                    return str(told)

        with (
            mute_logger("odoo.sql_db", "odoo.service.model", "odoo.http"),
            # whoever is tried again is so at once: the other one has committed
            patch("odoo.service.model.random.uniform", return_value=0.01),
            ThreadPoolExecutor(len(acts)) as pool,
        ):
            return list(pool.map(run, acts))

    def remove_fixed(self, cr, where, *tables):
        """Remove rows that triggers refuse to remove."""
        for table in tables:
            name = SQL.identifier(table)
            cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
            cr.execute(SQL("DELETE FROM %s WHERE %s", name, where))
            cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
