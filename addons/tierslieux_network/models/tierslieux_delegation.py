# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Delegation(models.Model):
    """Who speaks for a legal person, and from when to when."""

    _name = "tierslieux.delegation"
    _description = "Delegate of a legal person"
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"

    membership_id = fields.Many2one(
        "tierslieux.membership", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Delegate",
        required=True,
        domain=[("is_company", "=", False)],
        ondelete="restrict",
        index=True,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    date_to = fields.Date(string="To", help="Last day of the term; empty: no end yet.")

    _term_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A term ends after it begins."
    )
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(membership_id, membership_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "A legal person has one delegate at a time: these terms overlap.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # One save may end a term and begin the next: in this order for the database.
        self.flush_model(["date_from", "date_to"])
        return super().create(vals_list)

    @api.constrains("membership_id", "partner_id")
    def _check_parties(self):
        for delegation in self:
            if not delegation.membership_id.partner_id.is_company:
                raise ValidationError(
                    self.env._("A person speaks for themself: no delegate is needed.")
                )
            if delegation.partner_id.is_company:
                raise ValidationError(self.env._("A delegate is a person."))
