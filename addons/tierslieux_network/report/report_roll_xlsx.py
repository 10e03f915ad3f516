# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import format_date

WIDTHS = (42, 28, 15, 15, 18, 38)


class ReportRollXlsx(models.AbstractModel):
    _name = "report.tierslieux_network.report_roll_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Roll of members (XLSX)"

    def generate_xlsx_report(self, workbook, data, prints):
        """One sheet a college: a title, a header that stays in sight, real dates."""
        title = workbook.add_format({"bold": True, "font_size": 14})
        header = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF0"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        for wizard in prints:
            columns = wizard._columns()
            colleges = wizard._colleges()
            if not colleges:
                workbook.add_worksheet(self.env._("Roll"))
            for college, rows in colleges:
                sheet = workbook.add_worksheet(self._sheet_name(college.name))
                sheet.write(
                    0,
                    0,
                    self.env._(
                        "%(college)s: roll on %(date)s (members: %(count)s)",
                        college=college.name,
                        date=format_date(self.env, wizard.date),
                        count=sum(row["on_roll"] for row in rows),
                    ),
                    title,
                )
                sheet.write_row(2, 0, columns.values(), header)
                for number, row in enumerate(rows, start=3):
                    for column, field in enumerate(columns):
                        # names are text, even one that begins with “=”
                        if field in ("member_since", "paid_until"):
                            if row[field]:
                                sheet.write_datetime(number, column, row[field], day)
                        else:
                            sheet.write_string(number, column, row[field] or "")
                for column, width in enumerate(WIDTHS):
                    sheet.set_column(column, column, width)
                sheet.freeze_panes(3, 1)
                sheet.autofilter(2, 0, 2 + len(rows), len(columns) - 1)
                sheet.set_landscape()
                sheet.fit_to_pages(1, 0)
                sheet.repeat_rows(2)

    def _sheet_name(self, name):
        """A name that XLSX accepts: 31 characters, none of ``[]:*?/\\``."""
        return "".join(c for c in name if c not in "[]:*?/\\")[:31]
