# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models


class BrandRegistration(models.Model):
    """A registration of a mark with an office; its renewal is an activity."""

    _name = "tierslieux.brand.registration"
    _description = "Registration of a mark"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "brand_id, date_to, id"
    _rec_name = "number"

    brand_id = fields.Many2one(
        "tierslieux.brand", required=True, ondelete="restrict", index=True
    )
    number = fields.Char(required=True)
    office = fields.Selection(
        [("inpi", "INPI (France)"), ("euipo", "EUIPO (Union)"), ("wipo", "WIPO")],
        required=True,
        default="inpi",
    )
    classes = fields.Char(string="Classes of Nice", help="Such as 35, 41, 43.")
    date_from = fields.Date(string="Filed on", required=True)
    date_to = fields.Date(string="To renew by", required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users", string="Followed by", default=lambda self: self.env.user
    )

    _number_uniq = models.Constraint(
        "UNIQUE (office, number)", "This registration is recorded already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to > date_from)", "A registration ends after it is filed."
    )

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        registrations._plan_renewal()
        return registrations

    def write(self, vals):
        result = super().write(vals)
        if {"date_to", "user_id"} & vals.keys():
            self._plan_renewal()
        return result

    def _plan_renewal(self):
        """One activity each, on the last day of renewal less six months' time."""
        kind = "tierslieux_brand.activity_renewal"
        self.activity_unlink([kind])
        for registration in self:
            registration.activity_schedule(
                kind,
                date_deadline=fields.Date.subtract(registration.date_to, months=6),
                summary=self.env._("Renew the registration %s", registration.number),
                user_id=registration.user_id.id or self.env.uid,
            )
