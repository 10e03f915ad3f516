# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

KINDS = [
    ("subscription", "Subscription"),
    ("payment", "Payment"),
    ("transfer", "Transfer"),
    ("redemption", "Redemption"),
    ("cancellation", "Cancellation"),
    ("correction", "Correction"),
]


class ShareMovement(models.Model):
    """The register of share movements of a foncière, in the order of its numbers. Title
    passes by inscription; holdings of any day are derived from it."""

    _name = "tierslieux.share.movement"
    _description = "Share movement"
    _inherit = ["tierslieux.append.only"]
    _order = "company_id, number desc"

    company_id = fields.Many2one(
        "res.company", string="Foncière", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    effective_on = fields.Date(required=True, readonly=True)
    recorded_at = fields.Datetime(required=True, readonly=True)
    quantity = fields.Integer(string="Shares", required=True, readonly=True)
    held = fields.Integer(
        string="Changing hands",
        required=True,
        readonly=True,
        help="Shares that pass from the giver to the receiver: none when they are "
        "only paid.",
    )
    giver_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    giver_identity = fields.Char(readonly=True, help="Name and address as on that day.")
    receiver_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    receiver_identity = fields.Char(
        readonly=True, help="Name and address as on that day."
    )
    nominal = fields.Monetary(
        string="Nominal value", required=True, readonly=True, aggregator=None
    )
    price = fields.Monetary(readonly=True, help="Of all the shares together.")
    gratuitous = fields.Boolean(string="Free of charge", readonly=True)
    issue_id = fields.Many2one(
        "tierslieux.share.issue", readonly=True, ondelete="restrict"
    )
    property_id = fields.Many2one(
        "tierslieux.property", readonly=True, ondelete="restrict"
    )
    subscription_id = fields.Many2one(
        "tierslieux.share.subscription",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    deed = fields.Char(readonly=True, help="The paper that supports it.")
    corrects_id = fields.Many2one(
        "tierslieux.share.movement", readonly=True, ondelete="restrict"
    )
    corrected_by_ids = fields.One2many("tierslieux.share.movement", "corrects_id")
    source_key = fields.Char(required=True, readonly=True)
    previous_digest = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)

    _number_uniq = models.Constraint(
        "UNIQUE (company_id, number)", "This number of the register is taken."
    )
    _source_key_uniq = models.Constraint(
        "UNIQUE (company_id, source_key)", "This is in the register already."
    )
    _corrected_once = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This movement is corrected already.",
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND held IN (0, quantity))",
        "A movement is of whole shares, at least one.",
    )
    _parties = models.Constraint(
        "CHECK (giver_id IS DISTINCT FROM receiver_id)",
        "A movement has a giver or a receiver, and they are not the same.",
    )
    _giver_idx = models.Index(
        "(company_id, giver_id, effective_on) WHERE giver_id IS NOT NULL"
    )
    _receiver_idx = models.Index(
        "(company_id, receiver_id, effective_on) WHERE receiver_id IS NOT NULL"
    )

    @api.depends("number", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = self.env._(
                "No. %(number)s, %(kind)s",
                number=one.number,
                kind=kinds.get(one.kind, "").lower(),
            )
