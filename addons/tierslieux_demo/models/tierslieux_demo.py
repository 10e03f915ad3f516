# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain import opening_hours

from ..domain import network, passes

# Quiet and in French: no message for each record, no letter, no follower.
LOADING = {
    "lang": "fr_FR",
    "tz": "Europe/Paris",
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "install_mode": True,
}


class Demo(models.AbstractModel):
    """The demo network: invented people and venues in real towns, the same at each
    load of a same size.

    ``domain/network.py`` says what there is; the stages here write it. A stage is a
    method that yields how far it is; what it wrote is then committed.
    """

    _name = "tierslieux.demo"
    _description = "Demo network"

    @api.model
    @api.private
    def load(
        self,
        venues=201,
        people=2000,
        months=None,
        progress=None,
        commit=True,
    ):
        """Fill an empty database with the demo network.

        :param months: those of the pass that are over and closed; eleven, fewer of a
            large network
        :param progress: called with ``(label, done, total)`` as the work goes on
        :param commit: commit after each batch; False within a test
        :raises UserError: when there are venues already, or too few are asked for
        """
        self._check_empty()
        today = fields.Date.context_today(self.with_context(tz=LOADING["tz"]))
        try:
            data = network.generate(venues, people, today)
        except network.TooSmallError as error:
            raise UserError(
                self.env._(
                    "A demo network has at least %(venues)s venues and %(people)s "
                    "people.",
                    venues=network.LEAST_VENUES,
                    people=network.LEAST_PEOPLE,
                )
            ) from error
        data["months"] = months or passes.months_over(people)
        for venue in data["venues"]:
            venue["week"] = opening_hours.parse(venue["hours"])
        loader = self.with_user(api.SUPERUSER_ID).with_context(**LOADING)
        ids = {}
        for label, stage in self._stages():
            for done, total in getattr(loader, stage)(data, ids):
                self.env.flush_all()
                if commit:
                    # each batch is kept as it is: nobody else uses this database yet
                    self.env.cr.commit()  # pylint: disable=invalid-commit
                self.env.invalidate_all()
                if progress:
                    progress(label, done, total)

    @api.model
    def _stages(self):
        """Names of the stages and of their methods, in order.

        A method takes the network as plain data and ``{kind: {key: record id}}``, to
        which it adds; it yields ``(done, total)``.
        """
        return [
            (self.env._("association and accounts"), "_load_association"),
            (self.env._("communes"), "_load_communes"),
            (self.env._("organisations"), "_load_organisations"),
            (self.env._("venues"), "_load_venues"),
            (self.env._("people"), "_load_people"),
            (self.env._("users"), "_load_users"),
            (self.env._("memberships"), "_load_memberships"),
            (self.env._("fees"), "_load_dues"),
            (self.env._("invoices"), "_load_invoices"),
            (self.env._("payments"), "_load_payments"),
            (self.env._("calls for dues"), "_load_renewals"),
            (self.env._("events"), "_load_events"),
        ]

    @api.model
    def _check_empty(self):
        # sudo: whoever loads may see few venues: all of them count here.
        venues = self.env["tierslieux.venue"].sudo().with_context(active_test=False)
        if venues.search_count([], limit=1):
            raise UserError(
                self.env._(
                    "This database has venues already: load the demo network into a "
                    "new database."
                )
            )

    @api.model
    def _batches(self, rows, size):
        """``(rows of the batch, rows done, rows in all)``"""
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            yield batch, start + len(batch), len(rows)

    @api.model
    def _codes(self, model):
        """``{code: id}`` of a reference table."""
        records = self.env[model].search_fetch([], ["code"])
        return {record.code: record.id for record in records}
