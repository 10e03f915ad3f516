# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import fields, models

from .. import papers
from ..domain import funding_reports
from .tierslieux_demo_assemblies import PDF_MISSING
from .tierslieux_demo_users import LOGINS

ANNEXES = {
    "report": "Ce que l’association a fait de l’année, approuvé en assemblée.",
    "accounts": "Bilan, compte de résultat et annexe, approuvés en assemblée.",
}


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("financial reports"), "_load_financial_reports"),
        ]

    def _load_financial_reports(self, data, ids):
        """The funder who signs in has a report to read, signed, with what a correction
        changed; another report is a draft, and late."""
        today = fields.Date.context_today(self)
        rows = funding_reports.generate(data["funding"]["year"], today)
        printer = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        for done, row in enumerate(rows, 1):
            agreement = (
                self._as_treasurer()
                .env["tierslieux.funding.agreement"]
                .browse(ids["agreements"][row["key"]])
            )
            self._file_annexes(agreement, row["annexes"])
            report = agreement.report_ids.create(
                {
                    "agreement_id": agreement.id,
                    "date_to": row["date_to"],
                    "posted_until": today,
                    **{f"text_{name}": text for name, text in row["texts"].items()},
                }
            )
            # without a program that prints, reports stay drafts
            if row["signed"] and printer not in PDF_MISSING:
                self._sign_report(report, today)
                if row["late"]:
                    self._load_late_bill(row["late"], agreement, ids)
                    correction = report._correct(funding_reports.REASON)
                    self._sign_report(correction, today)
            yield done, len(rows)

    def _file_annexes(self, agreement, annexes):
        agreement.document_ids.create(
            [
                {
                    "agreement_id": agreement.id,
                    "kind": kind,
                    "name": name,
                    "date": day,
                    "filename": f"{name}.pdf",
                    "file": base64.b64encode(papers.paper(name, [ANNEXES[kind]])),
                    "funder_visible": True,
                }
                for kind, (name, day) in annexes.items()
            ]
        )

    def _sign_report(self, report, today):
        board = self.env["res.users"].search([("login", "=", LOGINS["board"])], limit=1)
        report.action_freeze()
        report._sign(board.name, "membre du bureau", self.env.company.city, today)

    def _load_late_bill(self, bill, agreement, ids):
        """A bill that comes once the report is signed, paid and charged like others."""
        moves = self._load_bills([bill], ids["suppliers"], ids["expense_accounts"])
        self._pay_expenses(moves, [bill])
        self._charge(agreement, agreement.room_amount)
