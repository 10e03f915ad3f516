# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

PARTS = ("pool_cents", "hours_cents", "guarantee_cents", "correction_cents")


class VenueStatement(models.Model):
    """What the network owes one venue for a month, in the open: gross parts, VAT
    status, and why it is held if it is."""

    _name = "tierslieux.venue.statement"
    _description = "Monthly statement of a venue"
    _inherit = ["tierslieux.append.only"]
    _order = "month desc, venue_id"

    close_id = fields.Many2one(
        "tierslieux.pass.close", required=True, ondelete="restrict", index=True
    )
    month = fields.Date(required=True)
    venue_id = fields.Many2one("tierslieux.venue", required=True, ondelete="restrict")
    agreement_id = fields.Many2one("tierslieux.venue.agreement", ondelete="restrict")
    vat_id = fields.Many2one(
        "tierslieux.venue.vat", string="VAT status", ondelete="restrict"
    )
    rule_id = fields.Many2one(
        "tierslieux.settlement.rule", required=True, ondelete="restrict"
    )
    line_ids = fields.One2many("tierslieux.settlement.line", "statement_id")
    minutes = fields.Integer(string="Minutes of presence")
    pool_cents = fields.Integer(required=True)
    hours_cents = fields.Integer(required=True)
    guarantee_cents = fields.Integer(required=True)
    correction_cents = fields.Integer(required=True)
    due_cents = fields.Integer(required=True)
    held = fields.Char(
        string="Held because",
        help="Why the network may not draw up the venue's invoice: the amount stays "
        "payable.",
    )
    currency_id = fields.Many2one(related="close_id.currency_id")
    pool_amount = fields.Monetary(
        string="Share of subscriptions", compute="_compute_amounts"
    )
    hours_amount = fields.Monetary(
        string="Hours, net of the fee", compute="_compute_amounts"
    )
    guarantee_amount = fields.Monetary(string="Guarantee", compute="_compute_amounts")
    correction_amount = fields.Monetary(
        string="Corrections of earlier months", compute="_compute_amounts"
    )
    due_amount = fields.Monetary(string="Due, excl. tax", compute="_compute_amounts")
    billed_amount = fields.Monetary(
        string="Invoiced, incl. tax", compute="_compute_net", compute_sudo=True
    )
    netted_amount = fields.Monetary(
        string="Already collected by the venue",
        compute="_compute_net",
        compute_sudo=True,
        help="What the venue owed the network, deducted from its invoice.",
    )
    net_amount = fields.Monetary(
        string="Net, transferred",
        compute="_compute_net",
        compute_sudo=True,
        help="The venue's invoice less what was deducted.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        compute="_compute_move_id",
        groups="account.group_account_readonly",
    )

    _venue_uniq = models.Constraint(
        "UNIQUE (close_id, venue_id)", "This venue has its statement already."
    )
    _due_is_sum = models.Constraint(
        "CHECK (due_cents = pool_cents + hours_cents + guarantee_cents "
        "+ correction_cents)",
        "What is due is the sum of its parts.",
    )

    @api.depends("venue_id.name", "month")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = self.env._(
                "%(venue)s, %(month)s",
                venue=statement.venue_id.name,
                month=format_date(self.env, statement.month, date_format="MMMM y"),
            )

    @api.depends(*PARTS, "due_cents")
    def _compute_amounts(self):
        for statement in self:
            for name in (*PARTS, "due_cents"):
                statement[name.replace("_cents", "_amount")] = statement[name] / 100

    def _source_key(self):
        self.ensure_one()
        return f"pass-venue-{self.id}"

    def _compute_move_id(self):
        made = self.env["tierslieux.invoice.batch"]._made(
            [statement._source_key() for statement in self if statement.id]
        )
        for statement in self:
            statement.move_id = made.get(statement.id and statement._source_key())

    def _compute_net(self):
        for statement in self:
            bill = statement._bill()
            partials = bill.line_ids.matched_debit_ids.filtered(
                lambda one: one.debit_move_id.move_id.pass_close_id
            )
            statement.billed_amount = -bill.amount_total_signed
            statement.netted_amount = sum(partials.mapped("amount"))
            statement.net_amount = statement.billed_amount - statement.netted_amount

    def _settlements(self):
        """What this statement was made from."""
        # sudo: whoever reads a statement may check it; settlements name no person
        return self.sudo().line_ids.settlement_id

    def _rule_name(self):
        self.ensure_one()
        # sudo: the name of the rules that made an amount is part of its statement
        return self.sudo().rule_id.display_name

    def _bill(self):
        """The invoice drawn up in the venue's name, empty while the amount is held."""
        self.ensure_one()
        # sudo: the venue reads the amounts of its own invoice
        move = self.sudo().move_id
        return move.filtered(lambda one: one.move_type in ("in_invoice", "in_refund"))

    def _vat(self):
        self.ensure_one()
        # sudo: the VAT status by which the venue's own invoice was made
        return self.sudo().vat_id

    def _fee_text(self):
        self.ensure_one()
        # sudo: the rate is part of what makes the amount, like the rules' name
        rate = 100 * self.sudo().rule_id.fee_rate
        return self.env._("%s %%", formatLang(self.env, rate, digits=2))

    def _document(self, name):
        """The content of a file; nothing, of an invoice that there is not."""
        self.ensure_one()
        report, render = "tierslieux_pass.report_statement", "qweb_pdf"
        if name == "statement.xlsx":
            report, render = "tierslieux_pass.report_statement_xlsx", "xlsx"
        elif name == "invoice.pdf":
            bill = self._bill()
            if bill:
                bill._ensure_document()
            return bill.invoice_pdf_report_id.raw
        # sudo: reports are for the office; these are of a statement that was read
        reports = self.env["ir.actions.report"].sudo()
        content, _kind = getattr(reports, f"_render_{render}")(report, self.ids, {})
        return content
