# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import format_date, groupby


class MembershipRollPrint(models.TransientModel):
    """Prints the roll at a date, by college."""

    _name = "tierslieux.membership.roll.print"
    _description = "Print the roll"

    date = fields.Date(
        string="Roll on",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    college_ids = fields.Many2many(
        "tierslieux.college", string="Colleges", help="Empty: all of them."
    )
    only_on_roll = fields.Boolean(
        string="Members on the roll only",
        default=True,
        help="Otherwise also those who are not, with the reason.",
    )

    def _colleges(self):
        """The roll for the reports.

        :return: list of ``(college, rows)``, each row a dict of texts and dates
        """
        self.ensure_one()
        rows = self.env["tierslieux.membership"].roll(
            at=self.date, college=self.college_ids
        )
        if self.only_on_roll:
            rows = [row for row in rows if row.on_roll]
        partners = self.env["res.partner"].browse(
            {row.delegate_id for row in rows if row.delegate_id}
        )
        # sudo: names of delegates whom the roll, already filtered, shows.
        names = {partner.id: partner.name for partner in partners.sudo()}
        membership = self.env["tierslieux.membership"]
        states = dict(membership._fields["state"]._description_selection(self.env))
        reasons = dict(membership._fields["reason"]._description_selection(self.env))
        return [
            (
                self.env["tierslieux.college"].browse(college_id),
                [
                    {
                        "member": row.partner_name,
                        "delegate": names.get(row.delegate_id, ""),
                        "member_since": row.member_since,
                        "paid_until": row.paid_until,
                        "status": states[row.status],
                        "reason": reasons[row.reason],
                        "on_roll": row.on_roll,
                    }
                    for row in college_rows
                ],
            )
            for college_id, college_rows in groupby(rows, lambda row: row.college_id)
        ]

    def _columns(self):
        """Fields of the report and their headings."""
        _ = self.env._
        return {
            "member": _("Member"),
            "delegate": _("Delegate"),
            "member_since": _("Member since"),
            "paid_until": _("Paid until"),
            "status": _("Status"),
            "reason": _("Why"),
        }

    def _report_title(self):
        return self.env._("Roll of members")

    def _page_foot(self):
        company = self.env.company
        registry = company.company_registry
        return [
            " · ".join(filter(None, [company.name, registry])),
            self.env._(
                "Roll of members on %s",
                format_date(self.env, self.date, date_format="long"),
            ),
        ], self.env._("page %(page)s of %(pages)s")

    def action_print_pdf(self):
        return self.env.ref("tierslieux_network.report_roll").report_action(self)

    def action_print_xlsx(self):
        return self.env.ref("tierslieux_network.report_roll_xlsx").report_action(self)
