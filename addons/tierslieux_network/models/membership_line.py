# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..domain.roll import Due


class MembershipLine(models.Model):
    """A period of dues, attached to the membership it pays for."""

    _inherit = "membership.membership_line"

    tierslieux_membership_id = fields.Many2one(
        "tierslieux.membership",
        string="Membership of the network",
        compute="_compute_tierslieux_membership_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    # The core looks for the line of each invoice line: without an index, invoicing
    # slows down with every member.
    account_invoice_line_id = fields.Many2one(index="btree_not_null")

    # One line for a membership and a period, unless it was cancelled: a campaign,
    # a click or a retry never bills the same period twice.
    _period_uniq = models.UniqueIndex(
        "(tierslieux_membership_id, date_from) "
        "WHERE tierslieux_membership_id IS NOT NULL AND state != 'canceled'",
        "The dues of this member for this period are invoiced already.",
    )

    @api.depends("partner_id", "membership_id", "account_invoice_line_id")
    def _compute_tierslieux_membership_id(self):
        """From our invoices, else the partner's membership of the fee's college: dues
        invoiced with the tools of OCA count too."""
        others = self.browse()
        for line in self:
            membership = line.account_invoice_line_id.tierslieux_membership_id
            if membership:
                line.tierslieux_membership_id = membership
            elif not line.tierslieux_membership_id:
                others |= line
        if not others:
            return
        memberships = {
            (membership.partner_id, membership.college_id): membership
            for membership in self.env["tierslieux.membership"].search(
                [
                    ("partner_id", "in", others.partner_id.ids),
                    ("college_id", "in", others.membership_id.college_id.ids),
                ]
            )
        }
        for line in others:
            line.tierslieux_membership_id = memberships.get(
                (line.partner_id, line.membership_id.college_id)
            )

    def _to_due(self):
        """The facts of this line for the rule of the roll."""
        self.ensure_one()
        invoice = self.account_invoice_id
        return Due(
            self.date_from,
            self.date_to,
            self.date_cancel,
            self.state,
            not invoice or invoice.payment_state in ("paid", "in_payment"),
        )
