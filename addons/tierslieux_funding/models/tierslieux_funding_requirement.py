# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class FundingRequirement(models.Model):
    """Something an agreement asks by a day. Once the agreement is signed, it is an
    activity of whoever follows it."""

    _name = "tierslieux.funding.requirement"
    _description = "Requirement of a funding agreement"
    _order = "due_on, id"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("financial_report", "Financial report"),
            ("activity_report", "Activity report"),
            ("accounts", "Approved accounts"),
            ("publicity", "Mention of the funder"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    name = fields.Char(required=True)
    due_on = fields.Date(string="Due on", required=True)
    period_from = fields.Date(help="First day of what a report is about.")
    period_to = fields.Date(help="Last day of what a report is about.")
    source = fields.Char(help="The article or the law that asks for it.")
    done_on = fields.Date(string="Done", copy=False)
    activity_id = fields.Many2one(
        "mail.activity", ondelete="set null", copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [("waiting", "To do"), ("late", "Late"), ("done", "Done")],
        compute="_compute_state",
    )

    _report_uniq = models.UniqueIndex(
        "(agreement_id, period_to) WHERE kind = 'financial_report'",
        "This agreement has a financial report for this period already.",
    )

    @api.depends("due_on", "done_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for requirement in self:
            if requirement.done_on:
                requirement.state = "done"
            else:
                late = requirement.due_on and requirement.due_on < today
                requirement.state = "late" if late else "waiting"

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        requirements._schedule()
        return requirements

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"due_on", "name"}:
            for requirement in self.filtered("activity_id"):
                requirement.activity_id.write(requirement._activity_values())
        return result

    def unlink(self):
        activities = self.activity_id
        result = super().unlink()
        activities.unlink()
        return result

    def _activity_values(self):
        return {"summary": self.name, "date_deadline": self.due_on}

    def _schedule(self):
        """Make an activity of each one that has none, of signed agreements."""
        for requirement in self:
            if (
                requirement.agreement_id.state != "signed"
                or requirement.done_on
                or requirement.activity_id
            ):
                continue
            agreement = requirement.agreement_id
            requirement.activity_id = agreement.activity_schedule(
                "tierslieux_funding.activity_type_requirement",
                user_id=agreement.user_id.id,
                **requirement._activity_values(),
            )

    def action_done(self):
        """The requirement is met: its activity goes to the history."""
        for requirement in self:
            if requirement.done_on:
                raise UserError(self.env._("“%s” is done already.", requirement.name))
            requirement._meet(fields.Date.context_today(self))

    def _meet(self, day):
        self.done_on = day
        self.activity_id.action_feedback()
