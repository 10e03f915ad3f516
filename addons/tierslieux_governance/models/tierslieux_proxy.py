# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Proxy(models.Model):
    """A power to vote given by an elector to another, or blank."""

    _name = "tierslieux.proxy"
    _description = "Proxy"
    _order = "given_at, id"
    _rec_name = "principal_id"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    principal_id = fields.Many2one(
        "tierslieux.elector", required=True, ondelete="restrict", index=True
    )
    holder_id = fields.Many2one(
        "tierslieux.elector",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty for a proxy without a name.",
    )
    given_at = fields.Datetime(required=True, default=fields.Datetime.now)
    revoked_at = fields.Datetime(readonly=True)
    revoked_reason = fields.Char(readonly=True)

    _principal_uniq = models.UniqueIndex(
        "(principal_id) WHERE revoked_at IS NULL",
        "This member has given a proxy already: revoke it first.",
    )
    _not_to_oneself = models.Constraint(
        "CHECK (holder_id != principal_id)", "Nobody gives a proxy to themself."
    )
