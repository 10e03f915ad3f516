# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import models

#: Voluntary contributions in kind, of the year and used in the year (ANC 2018-06).
CONTRIBUTIONS = ("86", "87")


class FecExportWizard(models.TransientModel):
    _inherit = "l10n_fr.fec.export.wizard"

    def generate_fec(self):
        """The core's file, without an opening balance of voluntary contributions.

        Entries of class 8 are entries like others and stay in the file. Odoo carries
        off-balance accounts over, while accounts 86 and 87 start again each year.
        """
        # sudo: the core locks the exercise on the company, which those who manage its
        # books may not write; their own screen of lock dates does the same
        fec = super(FecExportWizard, self.sudo()).generate_fec()
        lines = fec["file_content"].decode().split("\r\n")
        fec["file_content"] = "\r\n".join(
            line for line in lines if not self._is_opening_contribution(line)
        ).encode()
        return fec

    def _is_opening_contribution(self, line):
        journal, _name, number, _date, account, *_rest = line.split("|")
        return (
            journal == "OUV"
            and number.startswith("OUVERTURE/")
            and account.startswith(CONTRIBUTIONS)
        )

    def create_fec_report_action(self):
        """Download the file; the core leaves that to other modules."""
        action = super().create_fec_report_action()
        if action:
            return action
        fec = self.generate_fec()
        attachment = self.env["ir.attachment"].create(
            {
                "name": fec["file_name"],
                "datas": base64.b64encode(fec["file_content"]),
                "mimetype": "text/plain",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }
