# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date

FIGURES = ("holders", "voters", "shares", "capital", "highest_capital", "floor")


class ShareRoll(models.TransientModel):
    """Who holds shares at a day, and who votes: one person, one vote."""

    _name = "tierslieux.share.roll"
    _description = "Roll of the holders at a day"

    company_id = fields.Many2one(
        "res.company",
        string="Foncière",
        required=True,
        default=lambda self: self.env["tierslieux.share.register"]._default_company(),
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="At the end of", required=True, default=fields.Date.context_today
    )
    holders = fields.Integer(compute="_compute_figures")
    voters = fields.Integer(compute="_compute_figures", help="One person, one vote.")
    shares = fields.Integer(compute="_compute_figures")
    capital = fields.Monetary(compute="_compute_figures")
    highest_capital = fields.Monetary(
        string="Highest capital ever", compute="_compute_figures"
    )
    floor = fields.Monetary(compute="_compute_figures", help="Redemptions stop there.")

    @api.depends("company_id", "date")
    def _compute_figures(self):
        for one in self:
            registers = self.env["tierslieux.share.register"]
            one.update(
                registers._figures(one.company_id, one.date)
                if one.company_id and one.date
                else dict.fromkeys(FIGURES, 0)
            )

    def _rows(self):
        """``[(holder, shares, worth, votes)]`` by name. Who asked for all their shares
        to be paid back has no vote left."""
        movements = self.env["tierslieux.share.movement"]
        held = movements._holdings(self.company_id, self.date)
        voters = movements._roll(self.company_id, self.date)
        last = movements.search([("company_id", "=", self.company_id.id)], limit=1)
        holders = self.env["res.partner"].browse(held)
        return [
            (one, held[one.id], held[one.id] * last.nominal, int(one.id in voters))
            for one in holders.sorted(lambda one: (one.name or "").casefold())
        ]

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        register = self.env["tierslieux.share.register"]._of(self.company_id)
        return [
            self.env._(
                "%(foundation)s · holders and votes on %(day)s",
                foundation=self.company_id.name,
                day=format_date(self.env, self.date),
            ),
            self.env._("Derived from the register up to no. %s", register.number),
        ], self.env._("page %(page)s of %(pages)s")

    def action_print(self):
        self.ensure_one()
        return self.env.ref("tierslieux_fonciere.report_share_roll").report_action(self)
