# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ShareIssue(models.Model):
    """A call for capital: how many shares, for which property, until when."""

    _name = "tierslieux.share.issue"
    _description = "Share issue"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    property_id = fields.Many2one(
        "tierslieux.property", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Open"),
            ("succeeded", "Succeeded"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    nominal = fields.Monetary(string="Price of a share", required=True, aggregator=None)
    minimum_shares = fields.Integer(
        string="Minimum",
        help="Shares below which the issue fails and everybody is refunded.",
    )
    target_shares = fields.Integer(string="Target", required=True)
    maximum_shares = fields.Integer(
        string="Maximum", required=True, help="No share is allotted above it."
    )
    max_per_person = fields.Integer(
        string="Shares a person at most", help="0: as many as there are."
    )
    date_from = fields.Date(string="Opens on", required=True)
    date_to = fields.Date(string="Closes on", required=True)
    admission_required = fields.Boolean(
        string="Admission by the board",
        help="The board admits each new holder before shares are allotted.",
    )
    hold_hours = fields.Integer(
        string="Hours a reservation is held", required=True, default=72
    )
    conditions_id = fields.Many2one(
        "tierslieux.share.conditions",
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    document_ids = fields.One2many("tierslieux.share.issue.document", "issue_id")
    subscription_ids = fields.One2many("tierslieux.share.subscription", "issue_id")
    reserved_shares = fields.Integer(string="Reserved", compute="_compute_counters")
    paid_shares = fields.Integer(string="Paid", compute="_compute_counters")
    allotted_shares = fields.Integer(string="Allotted", compute="_compute_counters")
    available_shares = fields.Integer(string="Left", compute="_compute_counters")
    progress = fields.Float(
        string="Progress (%)",
        compute="_compute_counters",
        help="Paid and allotted shares, of the target.",
    )
    revision = fields.Integer(readonly=True, copy=False, default=0)

    _shares_in_order = models.Constraint(
        "CHECK (0 <= minimum_shares AND 0 < target_shares"
        " AND minimum_shares <= target_shares AND target_shares <= maximum_shares)",
        "The minimum is not above the target, nor the target above the maximum.",
    )
    _nominal_positive = models.Constraint("CHECK (nominal > 0)", "A share has a price.")
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "An issue closes after it opens."
    )
    _hold_positive = models.Constraint(
        "CHECK (hold_hours > 0)", "A reservation is held for some time."
    )

    @api.depends(
        "maximum_shares",
        "target_shares",
        "subscription_ids.state",
        "subscription_ids.quantity",
    )
    def _compute_counters(self):
        counts = {
            (issue.id, state): quantity
            for issue, state, quantity in self.env[
                "tierslieux.share.subscription"
            ]._read_group(
                [
                    ("issue_id", "in", self.ids),
                    ("state", "in", ("reserved", "paid", "allotted")),
                ],
                ["issue_id", "state"],
                ["quantity:sum"],
            )
        }
        for issue in self:
            reserved, paid, allotted = (
                counts.get((issue.id, state), 0)
                for state in ("reserved", "paid", "allotted")
            )
            issue.reserved_shares = reserved
            issue.paid_shares = paid
            issue.allotted_shares = allotted
            issue.available_shares = max(
                issue.maximum_shares - reserved - paid - allotted, 0
            )
            issue.progress = (
                100 * (paid + allotted) / issue.target_shares
                if issue.target_shares
                else 0
            )
