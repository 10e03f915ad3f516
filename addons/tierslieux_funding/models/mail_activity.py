# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """Marking the activity of a requirement as done is meeting it."""
        # sudo: whoever may do the activity meets the requirement, no more
        requirements = (
            self.env["tierslieux.funding.requirement"]
            .sudo()
            .search([("activity_id", "in", self.ids), ("done_on", "=", False)])
        )
        requirements.done_on = fields.Date.context_today(self)
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
