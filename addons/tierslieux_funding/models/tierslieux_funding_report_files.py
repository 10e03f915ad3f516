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
#: Lines of a content that have receipts.
RECEIPTED = ("expenses", "products", "in_kind")


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

    def _receipts(self, expenses, products, in_kind):
        """Write the receipts of lines into them, ``[{"number", "id", "name",
        "size"}]``, numbered as they come: of expenses that the funder is shown, then of
        what else its agreement needs. Of other lines, how many the association has:
        ``held``."""
        needed = self._needed(expenses, products, in_kind)
        others = [line for line in (*products, *in_kind) if line.get("move")]
        lines = list({id(line): line for line in (*needed, *others)}.values())
        found = self._move_documents(list(dict.fromkeys(one["move"] for one in lines)))
        numbers = {}
        for line in needed:
            line["receipts"] = [
                {
                    "number": numbers.setdefault(
                        document.id, f"J{len(numbers) + 1:03}"
                    ),
                    "id": document.id,
                    "name": name,
                    "size": document.file_size,
                }
                for document, name in found.get(line["move"], ())
            ]
        for line in others:
            if "receipts" not in line:
                line["held"] = len(found.get(line["move"], ()))

    def _move_documents(self, moves):
        """``{move id: [(attachment, name)]}`` of entries: what is attached to
        them, the invoice itself, and the evidence of gifts in kind that they value."""
        # sudo: receipts of the entries of a report that one may write
        files = self.env["ir.attachment"].sudo()
        found = {}
        for document in files.search_fetch(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves),
                ("res_field", "in", (False, "invoice_pdf_report_file")),
            ],
            ["name", "res_id", "file_size"],
            order="id",
        ):
            found.setdefault(document.res_id, []).append((document, document.name))
        valued = self._valued_gifts(moves)
        gifts = self.env["tierslieux.in.kind"].union(*valued.values())
        evidence = files.search_fetch(
            [
                ("res_model", "=", gifts._name),
                ("res_field", "=", "evidence"),
                ("res_id", "in", gifts.ids),
            ],
            ["res_id", "file_size"],
        ).grouped("res_id")
        for move, its_gifts in valued.items():
            found.setdefault(move, []).extend(
                (evidence[gift.id], gift.evidence_name or gift.name)
                for gift in its_gifts
                if gift.id in evidence
            )
        return found

    def _valued_gifts(self, moves):
        """``{move id: gifts in kind}``: those of a kind, an action and a
        month are one entry."""
        postings = self.env["tierslieux.funding.posting"].search_fetch(
            [("move_id", "in", moves), ("kind", "=like", "in_kind%")],
            ["kind", "scope", "move_id"],
        )
        gifts = {}
        empty = self.env["tierslieux.in.kind"]
        for kind, action, month, found in empty._read_group(
            [
                ("action_id", "in", postings.action_id.ids),
                ("confirmed_on", "!=", False),
            ],
            ["kind", "action_id", "date:month"],
            ["id:recordset"],
        ):
            place = f"in_kind_{kind}", postings._month_scope(action, month)
            gifts[place] = found.sorted("id")
        return {
            posting.move_id.id: gifts.get((posting.kind, posting.scope), empty)
            for posting in postings
        }

    def _content_annexes(self, content):
        """``[{number, id, name, expenses, products, in_kind, size, sha256}]``: receipts
        with the lines they are of, then documents. The sums are written when the report
        is drawn up."""
        receipts = {}
        for kind in RECEIPTED:
            for line in content[kind]:
                for one in line.get("receipts", ()):
                    annex = receipts.setdefault(
                        one["number"],
                        {**one, **{name: [] for name in RECEIPTED}, "sha256": ""},
                    )
                    annex[kind].append(line["number"])
        files = self._document_files()
        documents = [
            {
                "number": f"A{rank:02}",
                "id": files[document.id].id,
                "name": document.filename or document.name,
                "size": files[document.id].file_size,
                **{name: [] for name in RECEIPTED},
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
        for kind in RECEIPTED:
            for line in content[kind]:
                for one in line.get("receipts", ()):
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
