# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    source_key = fields.Char(
        string="Made for",
        readonly=True,
        copy=False,
        help="What this invoice was made for, once and for all.",
    )

    _source_key_uniq = models.UniqueIndex(
        "(source_key) WHERE source_key IS NOT NULL",
        "This has been invoiced already.",
    )

    def _get_next_sequence_format(self):
        # The last number of a batch is counted in memory: the last one in the
        # database is read once for a journal and a day, not for each invoice. A
        # journal of self-billing has a sequence for each partner.
        formats = self.env.context.get("sequence_formats")
        if formats is None:
            return super()._get_next_sequence_format()
        journal = self.journal_id
        owner = journal.is_self_billing and self.partner_id.commercial_partner_id
        key = (journal, self.date, self.move_type, owner)
        if key not in formats:
            formats[key] = super()._get_next_sequence_format()
        pattern, values = formats[key]
        return pattern, dict(values)

    def button_draft(self):
        self._check_unregistered()
        return super().button_draft()

    def button_cancel(self):
        self._check_unregistered()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_unregistered()
        return super()._reverse_moves(default_values_list, cancel)

    def _check_unregistered(self):
        """An entry that a register tells of (``tierslieux.posting``) is undone by the
        register, so that both agree; each refuses its own.

        :raises UserError: with the place where to undo it
        """

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        # sudo: whoever registers a payment need not be allowed to write memberships
        self.sudo().invoice_line_ids.tierslieux_membership_id._after_payment()
        return result
