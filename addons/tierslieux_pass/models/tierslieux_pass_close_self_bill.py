# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang, split_every

BATCH = 100
TERM_DAYS = 15


class PassCloseSelfBill(models.Model):
    """Fifth stage: the invoices that the network draws up in the venues' name."""

    _inherit = "tierslieux.pass.close"

    def _self_bill(self):
        statements = self.statement_ids.filtered("due_cents")
        self._advance(0, len(statements))
        self._note_missing_sellers(statements)
        done = 0
        for ids in split_every(BATCH, statements.ids):
            part = statements.browse(ids)
            free = part.filtered(lambda statement: not statement.held)
            failed = []
            self._post([self._bill_vals(one) for one in free], failed)
            if failed:
                raise UserError("\n".join(failed))
            self._net(free)
            self._queue_documents(free.move_id)
            for statement in part - free:
                self._hold(statement)
            done += len(part)
            self._advance(done)

    def _note_missing_sellers(self, statements):
        """Electronic invoices say who sells: without it they are plain documents."""
        for statement in statements.filtered(lambda one: not one.held):
            seller = statement.agreement_id.partner_id
            liable = statement.vat_id.regime == "liable"
            number = seller.vat or (not liable and seller.company_registry)
            if not (number and seller.country_id):
                self._note(
                    self.env._(
                        "%(venue)s: its invoice has no electronic form (Factur-X) "
                        "without the country and the %(number)s of %(seller)s.",
                        venue=statement.venue_id.name,
                        number=seller._fields[
                            "vat" if liable else "company_registry"
                        ]._description_string(self.env),
                        seller=seller.display_name,
                    )
                )

    def _hold(self, statement):
        """The amount stays payable, and the treasurer is told."""
        company = self.company_id
        venue = statement.venue_id
        label = self.env._("Pass, %(what)s: held", what=statement.display_name)
        self._post_entry(
            statement._source_key(),
            label,
            [
                (company.pass_purchase_account_id, statement.due_cents, label),
                (company.pass_held_account_id, -statement.due_cents, label),
            ],
            venue.structure_id or venue.partner_id,
        )
        self._note(
            self.env._(
                "%(venue)s: %(amount)s held, because: %(reason)s.",
                venue=venue.name,
                amount=formatLang(
                    self.env, statement.due_amount, currency_obj=self.currency_id
                ),
                reason=statement.held,
            )
        )

    def _bill_vals(self, statement):
        credit = statement.due_cents < 0
        sign = -1 if credit else 1
        agreement = statement.agreement_id
        partner = agreement.partner_id
        day = self._invoice_date()
        tax = self._bill_tax(statement.vat_id)
        venue_words = self.with_context(lang=partner.lang)
        mentions = [venue_words.env._("Self-billing (autofacturation), CGI art. 289")]
        if statement.vat_id.mention:
            mentions.append(statement.vat_id.mention)
        return {
            "move_type": "in_refund" if credit else "in_invoice",
            "source_key": statement._source_key(),
            "pass_close_id": self.id,
            "pass_venue_id": statement.venue_id.id,
            "company_id": self.company_id.id,
            "journal_id": self.company_id.pass_self_bill_journal_id.id,
            "partner_id": partner.id,
            "partner_bank_id": agreement.bank_account_id.id,
            "invoice_date": day,
            "date": day,
            "invoice_date_due": day + timedelta(days=TERM_DAYS),
            "ref": f"AUTO-{self.month:%Y-%m}-{statement.venue_id.id}",
            "narration": "<br/>".join(mentions),
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": label,
                        "quantity": 1,
                        "price_unit": sign * cents / 100,
                        "account_id": self.company_id.pass_purchase_account_id.id,
                        "tax_ids": [Command.set(tax.ids)],
                    }
                )
                for label, cents in venue_words._bill_parts(statement)
                if cents
            ],
        }

    def _bill_parts(self, statement):
        month = format_date(self.env, self.month, date_format="MMMM y")
        return [
            (
                self.env._("Share of subscriptions, %s", month),
                statement.pool_cents,
            ),
            (
                self.env._("Hours billed, net of the fee, %s", month),
                statement.hours_cents,
            ),
            (self.env._("Minimum guarantee, %s", month), statement.guarantee_cents),
            (
                self.env._("Corrections of earlier months"),
                statement.correction_cents,
            ),
        ]

    def _bill_tax(self, status):
        taxes = self.env["account.tax"]
        if status.regime != "liable":
            return taxes._untaxed_purchase(status, self.company_id)
        found = taxes.search(
            [
                *taxes._check_company_domain(self.company_id),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("amount", "=", status.rate),
                ("price_include", "=", False),
            ],
            order="sequence, id",
        ).filtered(lambda one: not one.has_negative_factor)
        services = found.filtered(lambda one: one.tax_scope == "service")
        tax = (services or found)[:1]
        if not tax:
            raise UserError(
                self.env._(
                    "There is no purchase tax of %(rate)s %% for what %(venue)s "
                    "sells to the network.",
                    rate=f"{status.rate:g}",
                    venue=status.venue_id.name,
                )
            )
        return tax
