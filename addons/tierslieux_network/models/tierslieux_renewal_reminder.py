# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class RenewalReminder(models.Model):
    """A reminder of a campaign: so many days after the call, with such a letter."""

    _name = "tierslieux.renewal.reminder"
    _description = "Reminder of a renewal campaign"
    _order = "days, id"
    _rec_name = "days"

    campaign_id = fields.Many2one(
        "tierslieux.renewal.campaign", required=True, ondelete="cascade", index=True
    )
    days = fields.Integer(string="Days after the call", required=True)
    template_id = fields.Many2one(
        "mail.template",
        string="Letter",
        required=True,
        domain=[("model", "=", "tierslieux.renewal.call")],
        default=lambda self: self.env.ref(
            "tierslieux_network.mail_template_renewal_reminder", False
        ),
        ondelete="restrict",
    )

    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A reminder comes after the call."
    )
    _campaign_days_uniq = models.Constraint(
        "UNIQUE (campaign_id, days)", "Two reminders on the same day are one too many."
    )
