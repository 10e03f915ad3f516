# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..report.letterhead import into_pages
from ..report.page_foot import stamp


class IrActionsReport(models.Model):
    """PDFs with their header, and a foot on each page.

    A model whose documents have one defines ``_page_foot()``, which answers
    ``(lines, numbering)`` as :func:`..report.page_foot.stamp` takes them.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        content, kind = super()._render_qweb_pdf(report_ref, res_ids, data)
        model = self.env.get(self._get_report(report_ref).model)
        if kind == "pdf" and res_ids and hasattr(model, "_page_foot"):
            content = stamp(content, *model.browse(res_ids[0])._page_foot())
        return content, kind

    def _prepare_html(self, html, report_model=False):
        if _wkhtml().is_patched_qt:
            return super()._prepare_html(html, report_model)
        html, margins = into_pages(html)
        *parts, arguments = super()._prepare_html(html, report_model)
        return (*parts, {**margins, **arguments})
