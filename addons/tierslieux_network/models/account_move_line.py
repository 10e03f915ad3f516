# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AccountMoveLine(models.Model):
    """A line of dues knows the membership and the period it pays for."""

    _inherit = "account.move.line"

    tierslieux_membership_id = fields.Many2one(
        "tierslieux.membership",
        string="Membership of the network",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    dues_date_from = fields.Date(string="Dues from", readonly=True)
    dues_date_to = fields.Date(string="Dues to", readonly=True)

    @api.model
    def _add_precomputed_values(self, vals_list):
        # Lines of a batch come complete but for what follows from their invoice, their
        # tax and their balance: this saves a record in memory for each line.
        if self.env.context.get("complete_invoice_lines"):
            for vals in vals_list:
                derived = self._derived_values(vals)
                vals.update(derived)
                vals["__precomputed__"] = {self._fields[name] for name in derived}
                if missing := {
                    name for name, field in self._fields.items() if field.precompute
                }.difference(vals):
                    raise ValueError(f"A line lacks {', '.join(sorted(missing))}.")
            return None
        return super()._add_precomputed_values(vals_list)

    @api.model
    def _derived_values(self, vals):
        move = self.env["account.move"].browse(vals["move_id"])
        part = self.env["account.tax.repartition.line"].browse(
            vals.get("tax_repartition_line_id")
        )
        return {
            "journal_id": move.journal_id.id,
            "company_id": move.company_id.id,
            "company_currency_id": move.company_id.currency_id.id,
            "tax_line_id": part.tax_id.id,
            "tax_group_id": part.tax_id.tax_group_id.id,
            "debit": max(vals["balance"], 0.0),
            "credit": max(-vals["balance"], 0.0),
        }

    @api.model
    def _match_all(self, matches):
        """Match many invoices with what pays them, together.

        The core makes the entries of VAT on receipts match by match, which takes ten
        times longer than to make them all at once: for each, the engine asks anew what
        an entry changes.

        :param matches: list of journal items to be matched among themselves
        """
        lines = self.browse().union(*matches)
        before = lines.matched_debit_ids | lines.matched_credit_ids
        self.with_context(no_cash_basis=True)._reconcile_plan(matches)
        made = (lines.matched_debit_ids | lines.matched_credit_ids) - before
        owed = made.filtered(
            lambda one: (
                one.company_id.tax_exigibility
                and one.debit_move_id.account_type
                in ("asset_receivable", "liability_payable")
            )
        )
        owed.with_context(sequence_formats={})._create_tax_cash_basis_moves()
        owed._set_draft_caba_move_vals()

    def _dues_dates(self):
        self.ensure_one()
        if not self.dues_date_from:
            return {}
        return {"date_from": self.dues_date_from, "date_to": self.dues_date_to}

    def _prepare_membership_line_vals(self, **kwargs):
        return {**super()._prepare_membership_line_vals(**kwargs), **self._dues_dates()}

    def _prepare_membership_line(self, move, product, price_unit, qty=1.0):
        return {
            **super()._prepare_membership_line(move, product, price_unit, qty=qty),
            **self._dues_dates(),
        }
