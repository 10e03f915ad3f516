# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date

AMOUNTS = (
    "opening",
    "recognised",
    "spent",
    "use",
    "report",
    "repayments",
    "transfers",
    "closing",
)


class FundingDedicated(models.Model):
    """The fonds dédiés of a project over an exercise, as they were closed. A closing
    that was wrong is cancelled by a line that names it, and made again."""

    _name = "tierslieux.funding.dedicated"
    _description = "Fonds dédiés of an exercise"
    _inherit = ["tierslieux.append.only"]
    _order = "date_to desc, agreement_id, id desc"
    _rec_name = "agreement_id"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="Exercise from", required=True, readonly=True)
    date_to = fields.Date(string="Exercise to", required=True, readonly=True)
    round = fields.Integer(
        required=True, readonly=True, help="How often it was cancelled before."
    )
    opening = fields.Monetary(required=True, readonly=True)
    recognised = fields.Monetary(string="Income", required=True, readonly=True)
    spent = fields.Monetary(required=True, readonly=True)
    use = fields.Monetary(string="Used", required=True, readonly=True)
    report = fields.Monetary(string="Put aside", required=True, readonly=True)
    repayments = fields.Monetary(string="Given back", required=True, readonly=True)
    transfers = fields.Monetary(
        string="To other projects", required=True, readonly=True
    )
    closing = fields.Monetary(required=True, readonly=True)
    carried = fields.Boolean(
        string="From the books of before",
        readonly=True,
        help="Taken over as it stood: the opening balances hold it.",
    )
    idle = fields.Boolean(
        string="No expense for two years", required=True, readonly=True
    )
    explanation = fields.Text(readonly=True)
    use_posting_id = fields.Many2one(
        "tierslieux.funding.posting", ondelete="restrict", readonly=True
    )
    report_posting_id = fields.Many2one(
        "tierslieux.funding.posting", ondelete="restrict", readonly=True
    )
    cancels_id = fields.Many2one(
        "tierslieux.funding.dedicated",
        ondelete="restrict",
        readonly=True,
    )
    cancelled_by_ids = fields.One2many(
        "tierslieux.funding.dedicated", "cancels_id", string="Cancelled by"
    )
    cancelled = fields.Boolean(compute="_compute_cancelled")

    _once = models.UniqueIndex(
        "(agreement_id, date_to, round) WHERE cancels_id IS NULL",
        "Somebody else has just closed this exercise: look again.",
    )
    _cancelled_once = models.UniqueIndex(
        "(cancels_id) WHERE cancels_id IS NOT NULL", "This is cancelled already."
    )
    _arithmetic = models.Constraint(
        "CHECK (use = least(opening, greatest(spent, 0))"
        " AND report = greatest(0, recognised - (spent - use))"
        " AND closing = opening - use + report - repayments - transfers"
        " AND closing >= 0)",
        "The figures of fonds dédiés do not follow from each other.",
    )

    @api.depends("cancels_id", "cancelled_by_ids")
    def _compute_cancelled(self):
        for line in self:
            line.cancelled = bool(line.cancels_id or line.cancelled_by_ids)

    @api.model
    def _live(self, domain=()):
        """The lines in force, the latest exercise first."""
        return self.search(
            [("cancels_id", "=", False), ("cancelled_by_ids", "=", False), *domain],
            order="date_to desc, id",
        )

    def action_cancel_carried(self):
        """What was taken over was wrong: it is taken over again.

        :raises UserError: an exercise after it is closed
        """
        self.ensure_one()
        self.agreement_id._check_dedicated(self.date_to)
        if self.carried and not self.cancelled:
            self._cancel()

    def _cancel(self):
        """Opposite entries, and a line that says that these no longer count."""
        today = format_date(self.env, fields.Date.context_today(self))
        reason = self.env._("Cancelled on %s.", today)
        for posting in self.use_posting_id | self.report_posting_id:
            posting._reverse(posting.date, reason)
        names = ("date_from", "date_to", "round", "idle", *AMOUNTS)
        # sudo: nobody has the right to write fonds dédiés, this act is the way in
        self.sudo().create(
            [
                {
                    **{name: line[name] for name in names},
                    "agreement_id": line.agreement_id.id,
                    "company_id": line.company_id.id,
                    "explanation": reason,
                    "cancels_id": line.id,
                }
                for line in self
            ]
        )
        self.env.flush_all()

    def _action_open(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tierslieux_funding.tierslieux_funding_dedicated_action"
            ),
            "target": "main",
        }
