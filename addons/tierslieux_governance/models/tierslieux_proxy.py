# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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
        "tierslieux.elector",
        string="Given by",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('assembly_id', '=', assembly_id), ('is_entitled', '=', True)]",
    )
    holder_id = fields.Many2one(
        "tierslieux.elector",
        string="Given to",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('assembly_id', '=', assembly_id), ('is_entitled', '=', True),"
        " ('voter_id', '!=', False)]",
        help="Empty for a proxy without a name.",
    )
    given_at = fields.Datetime(
        string="Given on", required=True, readonly=True, default=fields.Datetime.now
    )
    revoked_at = fields.Datetime(string="Revoked on", readonly=True)
    revoked_reason = fields.Char(string="Why", readonly=True)

    _principal_uniq = models.UniqueIndex(
        "(principal_id) WHERE revoked_at IS NULL",
        "This member has given a proxy already: revoke it first.",
    )
    _not_to_oneself = models.Constraint(
        "CHECK (holder_id != principal_id)", "Nobody gives a proxy to themself."
    )

    @api.model_create_multi
    def create(self, vals_list):
        given = self.browse()
        for vals in vals_list:
            principal, holder = self._parties(vals)
            principal._check_may_give(holder)
            given |= super().create(
                [
                    {
                        "assembly_id": principal.assembly_id.id,
                        "principal_id": principal.id,
                        "holder_id": holder.id,
                    }
                ]
            )
        return given

    def _parties(self, vals):
        """Principal and holder; a person who votes for several members holds proxies
        under one of these names, so that the cap counts the person."""
        # sudo: only to compare the two, who are shown to each other anyway
        electors = self.env["tierslieux.elector"].sudo()
        principal = electors.browse(vals["principal_id"])
        holder = electors.browse(vals.get("holder_id"))
        if holder and holder.assembly_id == principal.assembly_id and holder.voter_id:
            same = principal.assembly_id._electors_of(holder.voter_id)
            if principal.assembly_id._rule().proxy_same_college:
                same = same.filtered(lambda one: one.college_id == holder.college_id)
            holder = same.sorted("id")[:1]
        return principal, holder

    def action_revoke(self):
        """Take back a proxy, at the wish of who gave it."""
        self.check_access("read")
        mine = self.filtered(
            lambda proxy: proxy.principal_id.voter_id == self.env.user.partner_id
        )
        if (self - mine) and not self.env.user.has_group(
            "tierslieux_network.group_board"
        ):
            raise UserError(self.env._("Only who gave a proxy takes it back."))
        self._revoke(self.env._("Taken back."))

    def _revoke(self, reason):
        # sudo: the callers have checked who asks
        self.sudo().filtered(lambda proxy: not proxy.revoked_at).write(
            {"revoked_at": fields.Datetime.now(), "revoked_reason": reason}
        )

    @api.model
    def _query_serialise(self, assembly):
        """Two proxies of an assembly given at the same moment are checked one after
        the other: the second waits here and, as the first changed this row, starts
        again."""
        return SQL(
            """
            UPDATE tierslieux_assembly
               SET proxy_revision = proxy_revision + 1
             WHERE id = %s
            """,
            assembly.id,
        )
