# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import format_date

from .tierslieux_funding_report_content import TEXTS

#: Lines of expense on one page.
PAGE = 100
#: Lines of the form that are volunteers' time, or hold it.
VOLUNTEERING = {"86", "864", "87", "870"}


class FundingReport(models.Model):
    """A report that is drawn up, in the portal: everything from its content."""

    _inherit = "tierslieux.funding.report"

    def _portal_values(self):
        self.ensure_one()
        content = self.content
        return {
            "content": content,
            "later": self.next_ids.filtered("frozen_on"),
            "signed": self._signed_sentence(),
            "texts": [
                (self._fields[f"text_{name}"]._description_string(self.env), text)
                for name in TEXTS
                if (text := content["texts"].get(name))
            ],
            **self._print_values(content),
        }

    def _signed_sentence(self):
        signature = self.signature_ids
        return signature and self.env._(
            "by %(name)s, %(quality)s, in %(place)s on %(day)s",
            name=signature.name,
            quality=signature.quality,
            place=signature.place,
            day=format_date(self.env, signature.date),
        )

    def _portal_line(self, code, page=1):
        """What a figure is the sum of, one page of it; None of a line that is not in
        the report. A line of the form shows those below it too; ``shown`` is every
        expense that the funder is shown."""
        self.ensure_one()
        content = self.content
        row, kind, lines = (
            self._shown_lines(content)
            if code == "shown"
            else self._form_line(content, code)
        )
        if not row:
            return None
        names = {one["code"]: one["name"] for one in content["table"]}
        pages = max(1, -(-len(lines) // PAGE))
        page = min(max(page, 1), pages)
        return {
            "content": content,
            "row": row,
            "kind": kind,
            "lines": lines[(page - 1) * PAGE : page * PAGE],
            "names": names,
            "page": page,
            "pages": pages,
            "count": len(lines),
            "grant": any(line.get("kind") == "grant" for line in lines),
            "own": any(line.get("kind") == "own" for line in lines),
            "volunteered": content["time"] if code in VOLUNTEERING else [],
            **self._print_values(content),
        }

    def _shown_lines(self, content):
        row = {
            "name": self.env._("Expenses shown to you"),
            "actual": content["grant"]["shown"],
            "planned": None,
        }
        lines = [line for line in content["expenses"] if line["base"]]
        return row, "expenses", lines

    def _form_line(self, content, code):
        row = next((row for row in content["table"] if row["code"] == code), None)
        if not row:
            return None, None, []
        codes, below = {code}, True
        while below:
            below = {
                one["code"] for one in content["table"] if one["parent"] in codes
            } - codes
            codes |= below
        kind = {"charge": "expenses", "product": "products"}.get(row["side"], "in_kind")
        return row, kind, [line for line in content[kind] if line["line"] in codes]

    def _kept_document(self, number):
        """The attachment of a document of the report, by its number."""
        self.ensure_one()
        annex = next(
            (one for one in self.content["annexes"] if one["number"] == number), None
        )
        if not annex:
            return None
        kept = self._kept([annex["id"]])
        return kept or None


class FundingAgreement(models.Model):
    _inherit = "tierslieux.funding.agreement"

    def _portal_cards(self):
        """What a funder sees of these agreements: how far each is, by the last report
        that is drawn up."""
        # sudo: what was given back to a funder is theirs to know, the register is not
        changes = self.sudo()._award_changes()
        cards = []
        for agreement in self:
            given_back = changes[agreement].given_back / 100
            left = agreement.amount - given_back
            reports = agreement._portal_reports()
            due = reports[:1].due
            cards.append(
                {
                    "agreement": agreement,
                    "reports": reports,
                    "due": due,
                    "received": sum(agreement.tranche_ids.mapped("received_amount")),
                    "given_back": given_back,
                    "used": round(100 * due / left) if left > 0 else 0,
                }
            )
        return cards

    def _portal_reports(self):
        """Reports that are drawn up: those in force first, the last period first."""
        return self.report_ids.filtered("frozen_on").sorted(
            lambda one: (
                bool(one.next_ids.filtered("frozen_on")),
                -one.date_to.toordinal(),
                -one.version,
            )
        )

    def _portal_documents(self):
        return self.document_ids.filtered("funder_visible")
