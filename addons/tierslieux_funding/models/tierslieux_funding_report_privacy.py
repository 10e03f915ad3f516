# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..domain.privacy import initials


class FundingReport(models.Model):
    """What of others a funder reads: decision 10.

    Every figure and its entry; documents only where the agreement's evidence needs
    them; natural persons by their initials, unless their invoice is that evidence. It
    is decided in the content, so that no page, file or archive holds more.
    """

    _inherit = "tierslieux.funding.report"

    def _needed(self, expenses, products, in_kind):
        """The lines whose documents the funder gets: expenses it is shown; income and
        contributions in kind where the agreement counts on them."""
        lines = [line for line in expenses if line["base"]]
        if self.agreement_id.income_evidence:
            lines += [line for line in products if line.get("move")]
        if self.agreement_id.in_kind_counts:
            lines += in_kind
        return lines

    def _veil(self, expenses, products, in_kind):
        """Natural persons by their initials, and the name of the account for what was
        written about them: a label may hold their name. The suppliers of expenses that
        are shown stay: their invoices are."""
        hidden = [
            ("vendor", line)
            for line in expenses
            if line.get("person") and not line["base"]
        ]
        hidden += [
            ("partner", line) for line in (*products, *in_kind) if line.get("person")
        ]
        accounts = self.env["account.account"].browse(
            {line["account_id"] for _name, line in hidden}
        )
        names = {account.id: account.name for account in accounts}
        for name, line in hidden:
            line[name] = initials(line[name])
            line["label"] = names[line["account_id"]]
            if line.get("reference"):
                line["reference"] = ""
        for line in (*expenses, *products, *in_kind):
            line.pop("person", None)
            line.pop("account_id", None)

    def _grant_names(self, agreement):
        """``{partner, label, reference}`` of a grant: its own by its names, that of a
        body too; that of a natural person by initials and where it comes from."""
        funder = agreement.funder_id
        if agreement == self.agreement_id:
            return {
                "partner": funder.name,
                "label": agreement.name,
                "reference": agreement.reference or "",
            }
        if funder.commercial_partner_id.is_company:
            return {"partner": funder.name, "label": agreement.name, "reference": ""}
        return {
            "partner": initials(funder.name),
            "label": agreement.source_id.name,
            "reference": "",
        }
