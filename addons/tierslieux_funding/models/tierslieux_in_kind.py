# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents


class InKind(models.Model):
    """What somebody gives or lends instead of money, and how its worth was found."""

    _name = "tierslieux.in.kind"
    _description = "Contribution in kind"
    _inherit = ["tierslieux.contribution"]

    name = fields.Char(string="What", required=True)
    kind = fields.Selection(
        [
            ("aid", "Goods given"),
            ("made_available", "Goods or rooms made available"),
            ("service", "Services given"),
        ],
        required=True,
        default="made_available",
    )
    valuation = fields.Text(
        string="How its worth was found",
        required=True,
        help="A price list, an estimate, hours at a rate: what an auditor will ask.",
    )
    evidence = fields.Binary(
        attachment=True, help="The letter of the giver, a price, a photo."
    )
    evidence_name = fields.Char()
    corrects_id = fields.Many2one(
        "tierslieux.in.kind",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    correction_ids = fields.One2many(
        "tierslieux.in.kind", "corrects_id", string="Corrections"
    )

    _worth = models.Constraint(
        "CHECK (corrects_id IS NOT NULL OR value > 0)", "What is given has a worth."
    )

    def action_confirm(self):
        """Fix what was given and its worth.

        :raises UserError: without evidence
        """
        for one in self._to_confirm():
            if not one.evidence:
                raise UserError(
                    self.env._("Attach the evidence of “%s” first.", one.name)
                )
            one.write({**self._confirmed(), "answer": False})

    def _correct(self, value_cents, reason):
        """Another worth for what is confirmed: the difference is a new one.

        :raises UserError: not confirmed, no reason, nothing to change
        """
        self.ensure_one()
        self._check_office()
        if self.state != "confirmed" or self.corrects_id:
            raise UserError(self.env._("Only a confirmed entry is corrected."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this is corrected."))
        known = sum(map(cents, (self | self.correction_ids).mapped("value")))
        if value_cents < 0 or value_cents == known:
            raise UserError(self.env._("Say what it is worth: another sum."))
        return self.create(
            {
                **self._confirmed(),
                "name": self.name,
                "kind": self.kind,
                "partner_id": self.partner_id.id,
                "date": self.date,
                "action_id": self.action_id.id,
                "valuation": self.valuation,
                "value": (value_cents - known) / 100,
                "corrects_id": self.id,
                "reason": reason.strip(),
            }
        )
