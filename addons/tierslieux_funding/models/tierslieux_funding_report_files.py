# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import hashlib
import tempfile

from odoo import models

from odoo.addons.tierslieux_network.report.page_foot import stamp

from ..report import workbook
from ..report.evidence import archive, file_name

#: Bytes of an archive kept in memory.
SPOOL = 8 * 1024 * 1024


class FundingReport(models.Model):
    """Files of a report: workbook, PDF, and the archive of its evidence."""

    _inherit = "tierslieux.funding.report"

    def _files(self, content, digest, signature=None):
        """``{"xlsx", "pdf"}`` of a content, as binary fields want them."""
        report = {"content": content, "digest": digest, "signature": signature}
        return {
            "xlsx": base64.b64encode(workbook.build(self.env, report)),
            "pdf": base64.b64encode(self._pdf(report)),
        }

    def _pdf(self, report):
        content = report["content"]
        pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "tierslieux_funding.report_financial",
            self.ids,
            {**report, **self._print_values(content)},
        )
        if kind != "pdf":
            return pdf
        lines = [
            f"{content['company']['name']} · {content['agreement']['name']}",
            self.env._(
                "Version %(version)s · SHA-256 of the content: %(digest)s",
                version=content["version"],
                digest=report["digest"],
            ),
        ]
        return stamp(pdf, lines, self.env._("page %(page)s of %(pages)s"))

    def _file_name(self, extension):
        self.ensure_one()
        return file_name(f"{self.display_name}.{extension}")

    def _documents(self):
        """Documents of the agreement that come with the report."""
        return self.agreement_id.document_ids.filtered(
            lambda one: one.funder_visible and one.kind in ("report", "accounts")
        ).sorted(lambda one: (one.date, one.id))

    def _document_files(self):
        """``{document id: attachment}``"""
        # sudo: files of binary fields are read through their records, which are read
        files = self.env["ir.attachment"].sudo()
        return {
            one.res_id: one
            for one in files.search(
                [
                    ("res_model", "=", "tierslieux.funding.document"),
                    ("res_field", "=", "file"),
                    ("res_id", "in", self._documents().ids),
                ]
            )
        }

    def _receipts(self, rows):
        """``{move id: [{"number", "id", "name"}]}`` of the entries that the funder is
        shown, numbered as they come."""
        moves = list(dict.fromkeys(row["move"] for row in rows if row["base"]))
        # sudo: receipts of the entries of a report that one may write
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "in", moves),
                    ("res_field", "=", False),
                ],
                ["name", "res_id", "file_size"],
                order="id",
            )
            .grouped("res_id")
        )
        found, number = {}, 0
        for move in moves:
            for attachment in attachments.get(move, ()):
                number += 1
                found.setdefault(move, []).append(
                    {
                        "number": f"J{number:03}",
                        "id": attachment.id,
                        "name": attachment.name,
                        "size": attachment.file_size,
                    }
                )
        return found

    def _content_annexes(self, expenses):
        """``[{number, id, name, expenses, size, sha256}]``: receipts, then documents.
        The sums are written when the report is drawn up."""
        receipts = {}
        for line in expenses:
            for one in line["receipts"]:
                annex = receipts.setdefault(
                    one["number"], {**one, "expenses": [], "sha256": ""}
                )
                annex["expenses"].append(line["number"])
        files = self._document_files()
        documents = [
            {
                "number": f"A{rank:02}",
                "id": files[document.id].id,
                "name": document.filename or document.name,
                "size": files[document.id].file_size,
                "expenses": [],
                "sha256": "",
            }
            for rank, document in enumerate(self._documents(), 1)
        ]
        return [*receipts.values(), *documents]

    def _keep_evidence(self, content):
        """Attach the documents to the report itself, so that they stay whatever becomes
        of the entries, and write their sums into the content. Equal files are stored
        once."""
        for annex in content["annexes"]:
            # sudo: as in _receipts
            source = self.env["ir.attachment"].sudo().browse(annex["id"])
            raw = source.raw or b""
            annex["sha256"] = hashlib.sha256(raw).hexdigest()
            annex["size"] = len(raw)
            kept = source.copy(
                {
                    "name": file_name(f"{annex['number']} {annex['name']}"),
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": False,
                }
            )
            annex["id"] = kept.id
            # one file in memory at a time
            self.env["ir.attachment"].invalidate_model(["raw", "datas", "db_datas"])
        ids = {annex["number"]: annex["id"] for annex in content["annexes"]}
        for line in content["expenses"]:
            for one in line["receipts"]:
                one["id"] = ids[one["number"]]

    def _kept(self, numbers):
        """Those of some documents that are kept with this report."""
        # sudo: who reads the report reads its documents
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("id", "in", numbers),
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", False),
                ]
            )
        )

    def _evidence(self):
        """The archive of evidence of a report, as a file open for reading: an index,
        the sums, then every document under its number. The same report gives the same
        bytes."""
        self.ensure_one()
        content = self.content
        kept = self._kept([annex["id"] for annex in content["annexes"]])

        def read(number):
            raw = kept.browse(number).raw
            kept.invalidate_model(["raw", "datas", "db_datas"])
            return raw

        # closed by whoever reads it; on the disk when it is large
        out = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115
        archive(
            self.with_context(lang=content["language"]).env,
            content,
            self.digest,
            read,
            out,
        )
        out.seek(0)
        return out
