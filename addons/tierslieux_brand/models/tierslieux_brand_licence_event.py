# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models

from ..domain import licence as rule


class BrandLicenceEvent(models.Model):
    """What happened to a licence, from which day on and why."""

    _name = "tierslieux.brand.licence.event"
    _description = "Event of a licence"
    _inherit = ["tierslieux.append.only"]
    _order = "licence_id, date, id"

    licence_id = fields.Many2one(
        "tierslieux.brand.licence", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            (rule.GRANT, "Granted"),
            (rule.RENEWAL, "Renewed"),
            (rule.SUSPENSION, "Suspended"),
            (rule.LIFTING, "Suspension lifted"),
            (rule.WITHDRAWAL, "Withdrawn"),
            (rule.EXPIRY, "Expired"),
            (rule.APPEAL, "Appeal"),
            (rule.UPHELD, "Appeal upheld"),
            (rule.DISMISSED, "Appeal dismissed"),
        ],
        required=True,
    )
    date = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To")
    motive = fields.Text()
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    rules_id = fields.Many2one("tierslieux.brand.rules", ondelete="restrict")
    application_id = fields.Many2one(
        "tierslieux.brand.application", ondelete="restrict", index="btree_not_null"
    )

    _application_uniq = models.Constraint(
        "UNIQUE (application_id)", "This application has its licence already."
    )
    _period = models.Constraint(
        "CHECK ((kind IN ('grant', 'renewal')) = (date_to IS NOT NULL)"
        " AND (date_to IS NULL OR date_to >= date))",
        "Grants and renewals have a period, other events have none.",
    )
    _pinned = models.Constraint(
        "CHECK (kind NOT IN ('grant', 'renewal') OR rules_id IS NOT NULL)",
        "A licence names the version of the rules it is granted under.",
    )
    _standing_idx = models.Index("(licence_id, date DESC, id DESC)")

    def _to_rule(self):
        return [rule.Event(e.kind, e.date, e.date_to or None) for e in self]
