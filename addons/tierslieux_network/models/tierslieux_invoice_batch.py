# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command

# What mass invoicing does without: it posts a message for each invoice.
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
# Lines are complete and balanced: nothing is left to add to them.
COMPLETE = {
    "complete_invoice_lines": True,
    "skip_analytic_sync": True,
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
}
SEQUENCE = {"product": 100, "tax": 10000, "payment_term": 12000}
OUTBOUND = ("in_invoice", "out_refund")
REFUND = ("out_refund", "in_refund")
PURCHASE = ("in_invoice", "in_refund")


class InvoiceBatch(models.AbstractModel):
    """Many invoices, credit notes or vendor bills at once, posted.

    They are invoices like any other: made by ``create``, numbered and posted by
    ``_post``, so that whatever is added to these methods runs. What makes it fast:
    all lines are given at once, taxes and terms too, computed by the tax engine of
    the core; and the number is looked up once for a journal and a day. PDF and
    Factur-X are made afterwards, from the posted invoice.
    """

    _name = "tierslieux.invoice.batch"
    _description = "Mass writer of posted invoices"

    @api.model
    def _post_invoices(self, vals_list):
        """Create and post invoices in the currency of their company.

        :param vals_list: values for ``account.move``, with ``move_type``,
            ``partner_id``, ``invoice_date`` and ``invoice_line_ids`` (commands that
            create lines with ``product_id``, ``name``, ``quantity``, ``price_unit``,
            ``tax_ids``). With ``source_key``, what the invoice is for: it is made
            once, and asking again gives it back.
        :return: the invoices, in the order of the values
        """
        made = self._made([v["source_key"] for v in vals_list if v.get("source_key")])
        missing = [v for v in vals_list if v.get("source_key") not in made]
        moves = (
            self.env["account.move"]
            .with_context(**SILENT, **COMPLETE, sequence_formats={})
            .create(self._complete(missing))
        )
        moves._post(soft=False)
        created = iter(moves)
        result = [made.get(v.get("source_key")) or next(created) for v in vals_list]
        return self.env["account.move"].browse([move.id for move in result])

    @api.model
    def _made(self, keys):
        """:return: ``{source key: invoice}`` of those that exist already"""
        if not keys:
            return {}
        moves = self.env["account.move"].search_fetch(
            [("source_key", "in", keys)], ["source_key"]
        )
        return {move.source_key: move for move in moves}

    @api.model
    def _complete(self, vals_list):
        """Values for ``account.move`` with the lines that the core would add: taxes
        and terms."""
        partners = self.env["res.partner"].browse([v["partner_id"] for v in vals_list])
        partners.commercial_partner_id.fetch(["property_account_receivable_id"])
        cache = {}
        return [
            self._complete_one(vals, partner, cache)
            for vals, partner in zip(vals_list, partners, strict=True)
        ]

    def _complete_one(self, vals, partner, cache):
        # sold by the association, not by whoever launches the batch
        vals = {"invoice_user_id": False, **vals}
        company = self.env["res.company"].browse(
            vals.setdefault("company_id", self.env.company.id)
        )
        currency = company.currency_id
        if company.account_storno:
            raise ValueError("Mass invoicing has no storno accounting.")
        if vals.setdefault("currency_id", currency.id) != currency.id:
            raise ValueError("Mass invoicing is in the currency of the company.")
        move_type = vals["move_type"]
        purchase = move_type in PURCHASE
        if "journal_id" not in vals:
            vals["journal_id"] = self._journal(company, purchase, cache).id
        if "fiscal_position_id" not in vals:
            vals["fiscal_position_id"] = self._fiscal_position(
                company, partner, cache
            ).id
        if "invoice_payment_term_id" not in vals:
            prefix = "property_supplier" if purchase else "property"
            term = (
                partner.with_company(company)[f"{prefix}_payment_term_id"]
                if "invoice_date_due" not in vals
                else self.env["account.payment.term"]
            )
            vals["invoice_payment_term_id"] = term.id
        base_lines = [
            self._base_line(vals, line, company, partner, cache)
            for line in _created(vals.pop("invoice_line_ids"))
        ]
        tax_engine = self.env["account.tax"]
        tax_engine._add_tax_details_in_base_lines(base_lines, company)
        tax_engine._round_base_lines_tax_details(base_lines, company)
        tax_engine._add_accounting_data_in_base_lines_tax_details(
            base_lines, company, include_caba_tags=False
        )
        taxes = tax_engine._prepare_tax_lines(base_lines, company)
        lines = [
            {**base_line["record"], **amounts}
            for base_line, amounts in taxes["base_lines_to_update"]
        ]
        untaxed = sum(line["balance"] for line in lines)
        tax = sum(line["balance"] for line in taxes["tax_lines_to_add"])
        lines += [{**line, "display_type": "tax"} for line in taxes["tax_lines_to_add"]]
        lines += self._term_lines(vals, company, partner, untaxed, tax, cache)
        commercial = partner.commercial_partner_id.id
        vals["line_ids"] = [
            Command.create(
                {
                    "name": False,
                    "price_unit": False,
                    "product_uom_id": False,
                    "quantity": False,
                    "tax_ids": [],
                    "sequence": SEQUENCE[line["display_type"]],
                    "is_storno": False,
                    **line,
                    "partner_id": commercial,
                    "currency_id": currency.id,
                }
            )
            for line in lines
        ]
        return vals

    def _journal(self, company, purchase, cache):
        key = ("journal", company, purchase)
        if key not in cache:
            cache[key] = self.env["account.journal"].search(
                [
                    *self.env["account.journal"]._check_company_domain(company),
                    ("type", "=", "purchase" if purchase else "sale"),
                ],
                limit=1,
            )
        return cache[key]

    def _fiscal_position(self, company, partner, cache):
        key = ("fiscal position", company, partner)
        if key not in cache:
            delivery = self.env["res.partner"].browse(
                partner.address_get(["delivery"])["delivery"]
            )
            cache[key] = (
                self.env["account.fiscal.position"]
                .with_company(company)
                ._get_fiscal_position(partner, delivery=delivery)
            )
        return cache[key]

    def _base_line(self, vals, line, company, partner, cache):
        line = dict(line)
        product = self.env["product.product"].browse(line.get("product_id"))
        line.setdefault("product_uom_id", product.uom_id.id)
        taxes = self.env["account.tax"].browse(
            [
                tax
                for command in line.get("tax_ids", ())
                for tax in ([command[1]] if command[0] == Command.LINK else command[2])
            ]
        )
        line["display_type"] = "product"
        line.setdefault("tax_ids", [Command.set([])])
        if not line.get("account_id"):
            line["account_id"] = self._product_account(vals, product, company, cache).id
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            line,
            product_id=product,
            product_uom_id=self.env["uom.uom"].browse(line["product_uom_id"]),
            tax_ids=taxes,
            price_unit=line["price_unit"],
            quantity=line.setdefault("quantity", 1.0),
            discount=line.get("discount", 0.0),
            currency_id=company.currency_id,
            rate=1.0,
            sign=1 if vals["move_type"] in OUTBOUND else -1,
            is_refund=vals["move_type"] in REFUND,
            partner_id=partner.commercial_partner_id,
            account_id=self.env["account.account"].browse(line["account_id"]),
            analytic_distribution=line.get("analytic_distribution"),
        )

    def _product_account(self, vals, product, company, cache):
        kind = "expense" if vals["move_type"] in PURCHASE else "income"
        key = (kind, company, product, vals["fiscal_position_id"])
        if key not in cache:
            position = self.env["account.fiscal.position"].browse(
                vals["fiscal_position_id"]
            )
            accounts = product.with_company(
                company
            ).product_tmpl_id.get_product_accounts(fiscal_pos=position)
            journal = self.env["account.journal"].browse(vals["journal_id"])
            cache[key] = accounts[kind] or journal.default_account_id
        return cache[key]

    def _term_lines(self, vals, company, partner, untaxed, tax, cache):
        """The lines of what is to be paid, and when."""
        account = self._term_account(vals, company, partner, cache)
        term = self.env["account.payment.term"].browse(vals["invoice_payment_term_id"])
        if not term:
            due = vals.setdefault("invoice_date_due", vals["invoice_date"])
            amounts = [(due, company.currency_id.round(-untaxed - tax))]
        else:
            terms = term._compute_terms(
                date_ref=fields.Date.to_date(vals["invoice_date"]),
                currency=company.currency_id,
                company=company,
                tax_amount=-tax,
                tax_amount_currency=-tax,
                untaxed_amount=-untaxed,
                untaxed_amount_currency=-untaxed,
                sign=-1 if vals["move_type"] in OUTBOUND else 1,
            )
            if terms.get("discount_date"):
                raise ValueError("Mass invoicing has no early payment discount.")
            by_day = defaultdict(float)
            for part in terms["line_ids"]:
                by_day[part["date"]] += part["company_amount"]
            amounts = [
                (due, company.currency_id.round(amount))
                for due, amount in by_day.items()
            ]
            vals["invoice_date_due"] = max(by_day)
        return [
            {
                "display_type": "payment_term",
                "account_id": account.id,
                "date_maturity": due,
                "balance": amount,
                "amount_currency": amount,
                "discount_balance": 0.0,
                "discount_amount_currency": 0.0,
            }
            for due, amount in amounts
        ]

    def _term_account(self, vals, company, partner, cache):
        kind = "payable" if vals["move_type"] in PURCHASE else "receivable"
        name = f"property_account_{kind}_id"
        owner = partner.commercial_partner_id.with_company(company)
        account = owner[name] or company.partner_id.with_company(company)[name]
        key = (account, vals["fiscal_position_id"])
        if key not in cache:
            position = self.env["account.fiscal.position"].browse(
                vals["fiscal_position_id"]
            )
            cache[key] = position.map_account(account) if position else account
        return cache[key]


def _created(commands):
    for command in commands:
        if command[0] != Command.CREATE:
            raise ValueError("The lines of a new invoice are created with it.")
        yield command[2]
