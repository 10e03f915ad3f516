# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase
from odoo.tools import SQL, mute_logger


class AtOnceCase(TransactionCase):
    """Several users at once, each on a connection of their own: rows are committed,
    and removed after."""

    def environment(self, cr, uid=api.SUPERUSER_ID):
        context = {"tracking_disable": True, "lang": "en_US"}
        if getattr(self, "company_id", None):
            context["allowed_company_ids"] = [self.company_id]
        return api.Environment(cr, uid, context)

    def at_once(self, *acts):
        """What each act, a function of an environment, was answered: what it returns,
        or the sentence of its refusal."""
        answers = []
        barrier = threading.Barrier(len(acts))

        def run(act):
            with self.registry.cursor() as cr:
                env = self.environment(cr)
                # the snapshot of each transaction is taken before anybody writes
                cr.execute("SELECT 1")
                barrier.wait(30)
                try:
                    answers.append(retrying(lambda: act(env), env))
                except UserError as told:
                    cr.rollback()
                    answers.append(str(told))

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        with (
            mute_logger("odoo.sql_db", "odoo.service.model", "odoo.http"),
            # whoever is tried again is so at once: the other one has committed
            patch("odoo.service.model.random.uniform", return_value=0.01),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return answers

    def remove_fixed(self, cr, where, *tables):
        """Remove rows that triggers refuse to remove."""
        for table in tables:
            name = SQL.identifier(table)
            cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
            cr.execute(SQL("DELETE FROM %s WHERE %s", name, where))
            cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
