# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain.chain import GENESIS


class ShareRegister(models.Model):
    """The register of a foncière: where its chain of movements is."""

    _name = "tierslieux.share.register"
    _description = "Register of share movements"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", string="Foncière", required=True, ondelete="restrict"
    )
    number = fields.Integer(string="Last number", readonly=True, default=0)
    digest = fields.Char(string="Last digest", readonly=True)

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "A foncière has one register."
    )

    @api.model
    def _of(self, company):
        """The register of a company, made the first time."""
        # sudo: nobody has the right to make or change one, movements do it
        registers = self.sudo()
        return registers.search([("company_id", "=", company.id)]) or registers.create(
            {"company_id": company.id}
        )

    def _lock(self):
        """Wait for whoever is recording; from here on nobody else does, until the end
        of the transaction. One that began before the other recorded fails here, and is
        tried again by the server.

        :return: the last number and digest
        """
        self.ensure_one()
        self.flush_recordset()
        number, digest = self.env.execute_query(self._query_lock())[0]
        return number, digest or GENESIS

    def _advance(self, number, digest):
        self.write({"number": number, "digest": digest})
        # whoever reads the head next reads this
        self.flush_recordset()

    def _query_lock(self):
        return SQL(
            """
            SELECT number, digest
              FROM tierslieux_share_register
             WHERE id = %s
               FOR UPDATE
            """,
            self.id,
        )
