# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import format_date

WIDTHS = (52, 13, 12, 16, 16, 16, 18)
HEADER = 5
MINUTES_OF_A_DAY = 24 * 60


class ReportStatementXlsx(models.AbstractModel):
    _name = "report.tierslieux_pass.report_statement_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Statement of a venue (XLSX)"

    def generate_xlsx_report(self, workbook, data, statements):
        """One sheet a statement. Sums are formulas, stored with what they give, for
        programs that show a file without reckoning."""
        money = f"#,##0.00 [${statements.currency_id[:1].symbol}]"
        styles = {
            name: workbook.add_format(values)
            for name, values in {
                "title": {"bold": True, "font_size": 14},
                "bold": {"bold": True},
                "header": {
                    "bold": True,
                    "bottom": 1,
                    "bg_color": "#E8EEF0",
                    "text_wrap": True,
                    "valign": "top",
                },
                "time": {"num_format": '[h]" h "mm'},
                "number": {"num_format": "#,##0"},
                "money": {"num_format": money},
                "total": {"num_format": money, "bold": True, "top": 1},
                "label": {"bold": True, "top": 1},
                "text": {"text_wrap": True, "valign": "top"},
            }.items()
        }
        for statement in statements:
            name = f"{statement.month:%Y-%m} {statement.venue_id.id}"
            self._write(workbook.add_worksheet(name), styles, statement)

    def _write(self, sheet, styles, statement):
        _ = self.env._
        # sudo: lines and terms are the statement's own, which was read
        lines = statement.sudo().line_ids
        sheet.write_string(0, 0, statement.close_id.sudo().company_id.name)
        month = format_date(self.env, statement.month, date_format="MMMM y")
        title = _("Statement of the pass: %s", month)
        sheet.write_string(1, 0, title, styles["title"])
        sheet.write_string(2, 0, statement.venue_id.name, styles["bold"])
        if statement.held:
            held = _("This amount is held: %s.", statement.held)
            sheet.write_string(3, 0, held)
        sheet.write_row(
            HEADER,
            0,
            (
                _("Passes"),
                _("Presence"),
                _("Weight"),
                _("Share of subscriptions"),
                _("Hours, net of the fee"),
                _("Guarantee"),
                _("Total, excl. tax"),
            ),
            styles["header"],
        )
        first = row = HEADER + 1
        for line in lines:
            sheet.write_string(row, 0, line.settlement_id.terms, styles["text"])
            sheet.write_number(row, 1, line.minutes / MINUTES_OF_A_DAY, styles["time"])
            sheet.write_number(row, 2, line.weight, styles["number"])
            for column, cents in enumerate(
                (line.pool_cents, line.hours_cents, line.guarantee_cents), start=3
            ):
                sheet.write_number(row, column, cents / 100, styles["money"])
            self._sum(sheet, row, 6, f"D{row + 1}:F{row + 1}", line.total_cents, styles)
            row += 1
        if statement.correction_cents:
            sheet.write_string(row, 0, _("Corrections of earlier months"))
            sheet.write_number(
                row, 6, statement.correction_cents / 100, styles["money"]
            )
            row += 1
        sheet.write_string(row, 0, _("Due, excl. tax"), styles["label"])
        sheet.write_formula(
            row,
            1,
            f"=SUM(B{first + 1}:B{row})",
            styles["time"],
            statement.minutes / MINUTES_OF_A_DAY,
        )
        for column, cents in (
            ("D", statement.pool_cents),
            ("E", statement.hours_cents),
            ("F", statement.guarantee_cents),
            ("G", statement.due_cents),
        ):
            cells = f"{column}{first + 1}:{column}{row}"
            self._sum(sheet, row, "ABCDEFG".index(column), cells, cents, styles)
        row = self._write_bill(sheet, row + 1, styles, statement)
        for number, text in enumerate(self._notes(statement), start=row + 1):
            sheet.write_string(number, 0, text)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEADER + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _write_bill(self, sheet, row, styles, statement):
        """What is paid for what is due; the row after it."""
        bill = statement._bill()
        if not bill:
            return row
        _ = self.env._
        sheet.write_string(row, 0, _("VAT"))
        sheet.write_number(row, 6, -bill.amount_tax_signed, styles["money"])
        label = _("Invoice %s, incl. tax", bill.name)
        sheet.write_string(row + 1, 0, label, styles["label"])
        total = round(100 * statement.billed_amount)
        self._sum(sheet, row + 1, 6, f"G{row}:G{row + 1}", total, styles)
        sheet.write_string(row + 2, 0, _("Already collected by the venue"))
        sheet.write_number(row + 2, 6, -statement.netted_amount, styles["money"])
        sheet.write_string(row + 3, 0, _("Net, transferred"), styles["label"])
        net = round(100 * statement.net_amount)
        self._sum(sheet, row + 3, 6, f"G{row + 2}:G{row + 3}", net, styles)
        return row + 4

    def _notes(self, statement):
        _ = self.env._
        if mention := statement._vat().mention:
            yield mention
        yield _("Rules: %s.", statement._rule_name())
        yield _(
            "The network keeps %s of subscriptions and of billed hours.",
            statement._fee_text(),
        )
        yield _(
            "Check these amounts yourself: the files VISITS.csv and RULES.json are on "
            "the page of your statements; ./tierslieux settle VISITS.csv --rules "
            "RULES.json gives the same, to the cent."
        )

    def _sum(self, sheet, row, column, cells, cents, styles):
        sheet.write_formula(row, column, f"=SUM({cells})", styles["total"], cents / 100)
