# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    share_count = fields.Integer(
        string="Shares",
        compute="_compute_share_count",
        groups="tierslieux_network.group_board,tierslieux_network.group_treasurer",
        help="Held today in the foncières one works for.",
    )

    def _compute_share_count(self):
        movements = self.env["tierslieux.share.movement"]
        held = [movements._holdings(company) for company in self.env.companies]
        for partner in self:
            partner.share_count = sum(one.get(partner.id, 0) for one in held)

    def _share_account(self, number):
        """The bank account of a number, made the first time; nobody may be paid on it
        before the treasurer has checked it."""
        self.ensure_one()
        # sudo: whoever tells where their money goes has no right on bank accounts
        accounts = self.env["res.partner.bank"].sudo()
        number = "".join(number.split()).upper()
        return accounts.search(
            [("partner_id", "=", self.id), ("sanitized_acc_number", "=", number)],
            limit=1,
        ) or accounts.create({"partner_id": self.id, "acc_number": number})

    def _share_payee(self, told, company):
        """The account that money goes to: the one that paid or was told, else the first
        of the person that the foncière may use."""
        return (
            told
            or self.bank_ids.filtered(
                lambda account: account.company_id.id in (False, company.id)
            )[:1]
        )

    def _share_identity(self):
        """Name, number and address as they are written in a register today."""
        self.ensure_one()
        address = self._display_address(without_company=True)
        parts = [
            self.name,
            self.company_registry if self.is_company else "",
            *address.splitlines(),
        ]
        return ", ".join(part.strip() for part in parts if part and part.strip())
