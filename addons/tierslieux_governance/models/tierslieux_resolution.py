# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .verdict_sentences import decimal


class Resolution(models.Model):
    """What an assembly decided: one line of the register, with the arithmetic of its
    verdict and the articles it rests on. Its follow-up actions are activities."""

    _name = "tierslieux.resolution"
    _description = "Resolution"
    _inherit = ["tierslieux.append.only", "mail.thread", "mail.activity.mixin"]
    _order = "decided_at desc, id desc"
    _rec_names_search = ["number", "name"]

    number = fields.Char(required=True)
    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="restrict", index=True
    )
    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    statutes_version_id = fields.Many2one(
        "tierslieux.statutes.version",
        string="Statutes",
        required=True,
        ondelete="restrict",
    )
    name = fields.Char(required=True)
    text = fields.Html()
    outcome = fields.Selection(
        [
            ("adopted", "Carried"),
            ("rejected", "Not carried"),
            ("elected", "Elected"),
            ("no_quorum", "No quorum"),
        ],
        required=True,
        index=True,
    )
    verdict = fields.Json(
        required=True, help="Numbers, rules, articles and rounds of the count."
    )
    verdict_text = fields.Text(
        required=True, help="The same in French sentences, as in the minutes."
    )
    decided_at = fields.Datetime(required=True)
    assembly_kind = fields.Selection(related="assembly_id.kind", string="Meeting")
    motion_kind = fields.Selection(related="motion_id.kind", string="Kind")
    minutes_id = fields.Many2one(related="assembly_id.minutes_id")

    _number_uniq = models.Constraint(
        "UNIQUE (number)", "This number is already used in the register."
    )
    _motion_uniq = models.Constraint(
        "UNIQUE (motion_id)", "This motion has been decided already."
    )

    def _follow_ups(self):
        """The follow-up actions of these resolutions, done or not, by date."""
        # sudo: what was decided to do is for whoever reads the resolution
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    (
                        "activity_type_id",
                        "=",
                        self.env.ref("tierslieux_governance.activity_follow_up").id,
                    ),
                ],
                order="date_deadline, id",
            )
        )

    def _count_table(self):
        """The rounds of an election, a candidate a row, those elected first.

        :return: ``[(name, whether elected, [votes in words of each round]), …]``; empty
            for a motion
        """
        self.ensure_one()
        count = (self.verdict or {}).get("count")
        if not count:
            return []
        rounds = [one["votes"] for one in count["rounds"]]
        winners = count["winners"]
        others = [name for name in rounds[0] if name not in winners]
        others.sort(key=lambda name: -sum(name in votes for votes in rounds))
        return [
            (
                name,
                name in winners,
                [
                    decimal(self.env, round(votes[name], 2)) if name in votes else "–"
                    for votes in rounds
                ],
            )
            for name in [*winners, *others]
        ]

    def _follow_up_lines(self):
        """``[[action, who, by when, done or not], …]`` for the minutes."""
        return [
            [
                action.summary or action.activity_type_id.name,
                action.user_id.name,
                format_date(self.env, action.date_deadline),
                not action.active,
            ]
            for action in self._follow_ups()
        ]

    def _portal_domain(self, search="", year=None, outcome=None):
        """Lines of the register by words, year and outcome."""
        domain = Domain.AND(
            Domain.OR(
                Domain(field, "ilike", word)
                for field in ("number", "name", "text", "verdict_text")
            )
            for word in (search or "").split()
        )
        if year:
            domain &= Domain("decided_at", ">=", f"{year:04}-01-01") & Domain(
                "decided_at", "<", f"{year + 1:04}-01-01"
            )
        if outcome:
            domain &= Domain("outcome", "=", outcome)
        return domain

    def action_open_mandates(self):
        """From the persons elected to their mandates."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mandates of those elected"),
            "res_model": "tierslieux.mandate.creation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_resolution_id": self.id},
        }
