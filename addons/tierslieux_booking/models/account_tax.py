# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .tierslieux_venue_vat import REGIMES

# What electronic invoices say of lines without VAT, where that module is installed:
# category and reason of the European code list VATEX.
UNTAXED_CODES = {
    "out_of_scope": ("O", "VATEX-EU-O"),
    "exempt_261_7_1": ("E", "VATEX-EU-132-1L"),
    "franchise_293b": ("E", "VATEX-FR-FRANCHISE"),
}


class AccountTax(models.Model):
    """The tax of what venues sell, found by their VAT status; made if there is none."""

    _inherit = "account.tax"

    venue_vat_regime = fields.Selection(
        REGIMES,
        string="VAT status of venues",
        copy=False,
        help="Used for what venues of this status sell, VAT included.",
    )

    @api.model
    def _of_status(self, status, company):
        """
        :param status: ``tierslieux.venue.vat``
        :raises UserError: it is liable at a rate that the company has no tax of
        """
        # sudo: part of billing, which checks the right
        taxes = self.sudo().with_context(active_test=False)
        at_rate = [
            *self._check_company_domain(company),
            ("type_tax_use", "=", "sale"),
            ("amount_type", "=", "percent"),
            ("amount", "=", status.rate),
        ]
        found = taxes.search(
            [*at_rate, ("venue_vat_regime", "=", status.regime)], limit=1
        )
        if found:
            return found
        models = taxes.search([*at_rate, ("active", "=", True)], order="sequence, id")
        services = models.filtered(lambda one: one.tax_scope == "service")
        model = (services or models)[:1]
        if not model and status.regime == "liable":
            raise UserError(
                self.env._(
                    "There is no sales tax of %(rate)s %% to invoice what %(venue)s "
                    "sells.",
                    rate=f"{status.rate:g}",
                    venue=status.venue_id.name,
                )
            )
        values = {
            **self._status_values(status),
            "price_include_override": "tax_included",
        }
        if model:
            if status.regime == "liable":
                values["name"] = self.env._("%(tax)s, included", tax=model.name)
            return model.copy(values)
        return taxes.create(
            {
                **values,
                "amount": 0,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "company_id": company.id,
            }
        )

    @api.model
    def _untaxed_purchase(self, status, company):
        """The tax of 0 % on what is bought from a venue that is not liable: it says why
        there is no VAT, in the invoice and in its electronic form.

        :param status: ``tierslieux.venue.vat`` of any regime but *liable*
        """
        # sudo: part of billing, which checks the right
        taxes = self.sudo().with_context(active_test=False)
        found = taxes.search(
            [
                *self._check_company_domain(company),
                ("type_tax_use", "=", "purchase"),
                ("venue_vat_regime", "=", status.regime),
            ],
            limit=1,
        )
        return found or taxes.create(
            {
                **self._status_values(status),
                "price_include_override": "tax_excluded",
                "amount": 0,
                "amount_type": "percent",
                "type_tax_use": "purchase",
                "company_id": company.id,
            }
        )

    def _status_values(self, status):
        name = dict(self._fields["venue_vat_regime"]._description_selection(self.env))
        values = {
            "name": name[status.regime],
            "venue_vat_regime": status.regime,
            "tax_scope": "service",
            "active": True,
        }
        if status.regime in UNTAXED_CODES and "ubl_cii_tax_category_code" in (
            self._fields
        ):
            category, reason = UNTAXED_CODES[status.regime]
            values["ubl_cii_tax_category_code"] = category
            values["ubl_cii_tax_exemption_reason_code"] = reason
        return values
