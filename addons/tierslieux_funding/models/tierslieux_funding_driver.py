# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import indirect


class FundingDriver(models.Model):
    """The key by which actions bear a shared cost in an exercise: a named driver, and
    how much of it each action uses. Fixed once adopted.

    Expenses with its analytic account are the shared cost.
    """

    _name = "tierslieux.funding.driver"
    _description = "Key of shared costs"
    _inherit = ["tierslieux.frozen"]
    _order = "date_from desc, name, id"

    name = fields.Char(
        string="Shared cost", required=True, help="What is shared: rent, coordination."
    )
    kind = fields.Selection(
        [
            ("fte", "Full-time equivalents"),
            ("area", "Surface (m²)"),
            ("hours", "Hours"),
        ],
        string="Driver",
        required=True,
        default="fte",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(string="Exercise from", required=True)
    date_to = fields.Date(string="Exercise to", required=True)
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        required=True,
        ondelete="restrict",
        index=True,
        help="Expenses that bear this account are shared by the key.",
    )
    method = fields.Text(
        string="How it was measured",
        help="Plans of the rooms, time sheets…: told in the annex of the report.",
    )
    part_ids = fields.One2many("tierslieux.funding.driver.part", "driver_id")
    adopted_on = fields.Date(readonly=True, copy=False)
    adopted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    wording = fields.Text(
        compute="_compute_wording", help="The key in words, as reports print it."
    )

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "An exercise cannot end before it begins."
    )
    _one_key = models.Constraint(
        """EXCLUDE USING gist (
            int4range(company_id, company_id, '[]') WITH &&,
            int4range(analytic_account_id, analytic_account_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        ) WHERE (adopted_on IS NOT NULL)""",
        "A key is adopted for this shared cost and exercise already: it stays.",
    )

    @api.depends("kind", "name", "method", "part_ids.quantity", "part_ids.action_id")
    def _compute_wording(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for driver in self:
            parts = ", ".join(
                f"{part.display_name} {part._percent_text()}"
                for part in driver.part_ids
            )
            driver.wording = self.env._(
                "%(name)s, from %(first)s to %(last)s, by %(kind)s: %(parts)s.",
                name=driver.name or "",
                first=format_date(self.env, driver.date_from),
                last=format_date(self.env, driver.date_to),
                kind=(kinds.get(driver.kind) or "").lower(),
                parts=parts,
            )
            if driver.method:
                driver.wording += f" {driver.method}"

    def action_adopt(self):
        """Fix the key, and give each action its part of what is posted already."""
        for driver in self:
            if driver.adopted_on:
                raise UserError(self.env._("This key is adopted already."))
            if not sum(driver.part_ids.mapped("quantity")):
                raise UserError(
                    self.env._("Say first how much of it each action uses.")
                )
            self.env.flush_all()
            driver.write(
                {
                    "adopted_on": fields.Date.context_today(self),
                    "adopted_by_id": self.env.uid,
                }
            )
            driver.flush_recordset()
        self.env["tierslieux.funding.expense"]._sync_parts()

    def _percents(self):
        """``{part: thousandths of a per cent}``, a hundred per cent in all."""
        self.ensure_one()
        # as they are stored: with three decimals
        quantities = [round(part.quantity * 1000) for part in self.part_ids]
        return dict(zip(self.part_ids, indirect.percents(quantities), strict=True))
