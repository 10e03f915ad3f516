# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..domain import drawing


class ShareIssuePage(models.Model):
    """What the public reads of an issue: sums, never names."""

    _inherit = "tierslieux.share.issue"

    holder_count = fields.Integer(compute="_compute_holder_count")

    def _compute_holder_count(self):
        counts = dict(
            self.env["tierslieux.share.subscription"]._read_group(
                [("issue_id", "in", self.ids), ("state", "in", ("paid", "allotted"))],
                ["issue_id"],
                ["partner_id:count_distinct"],
            )
        )
        for issue in self:
            issue.holder_count = counts.get(issue, 0)

    def _public_values(self):
        """Progress of an issue; ``{}`` without one."""
        if not self:
            return {}
        self.ensure_one()
        today = fields.Date.context_today(self)
        taken = self.paid_shares + self.allotted_shares
        bar = drawing.stacked([taken, self.reserved_shares], self.maximum_shares)
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "nominal": self.nominal,
            "currency": self.currency_id,
            "taken": taken,
            "reserved": self.reserved_shares,
            "left": self.available_shares,
            "minimum": self.minimum_shares,
            "target": self.target_shares,
            "maximum": self.maximum_shares,
            "most": min(
                self.max_per_person or self.available_shares, self.available_shares
            ),
            "max_per_person": self.max_per_person,
            "raised": taken * self.nominal,
            "goal": self.target_shares * self.nominal,
            "percent": 100 * taken // self.target_shares,
            "holders": self.holder_count,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "days": (self.date_to - today).days,
            "admission": self.admission_required,
            "hold_hours": self.hold_hours,
            "bar": {"taken": bar[0], "reserved": bar[1]},
            "marks": {
                name: drawing.percent(shares, self.maximum_shares)
                for name, shares in (
                    ("minimum", self.minimum_shares),
                    ("target", self.target_shares),
                )
            },
        }
