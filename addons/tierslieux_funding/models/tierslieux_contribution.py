# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

OFFICE = ("tierslieux_network.group_treasurer", "tierslieux_network.group_board")


class Contribution(models.AbstractModel):
    """What somebody gives to an action without being paid: fixed once confirmed by the
    treasurer or the board. A correction is another one that names it."""

    _name = "tierslieux.contribution"
    _description = "Voluntary contribution"
    _inherit = ["tierslieux.frozen"]
    _order = "date desc, id desc"

    _frozen_by = "confirmed_on"

    partner_id = fields.Many2one(
        "res.partner", string="Given by", required=True, ondelete="restrict", index=True
    )
    date = fields.Date(
        required=True,
        index=True,
        default=lambda self: fields.Date.context_today(self),
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="action_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    value = fields.Monetary()
    state = fields.Selection(
        [("draft", "To confirm"), ("refused", "Refused"), ("confirmed", "Confirmed")],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Char(readonly=True, copy=False, help="Why it was refused.")
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, copy=False
    )
    reason = fields.Char(string="Why it is corrected", readonly=True, copy=False)

    @api.model
    def _is_office(self):
        return self.env.su or any(map(self.env.user.has_group, OFFICE))

    @api.model
    def _check_office(self):
        if not self._is_office():
            raise UserError(
                self.env._("The treasurer or the board confirms what is given.")
            )

    def _confirmed(self):
        return {
            "state": "confirmed",
            "confirmed_on": fields.Datetime.now(),
            "confirmed_by_id": self.env.uid,
        }

    def _check_answer(self):
        """Whether one may confirm or refuse these.

        :raises UserError: one may not
        """
        self._check_office()

    def _to_confirm(self):
        """Those that wait for an answer; ``confirmed_on`` alone is proof of one."""
        self._check_answer()
        return self.filtered(lambda one: one.state != "confirmed")

    def _refuse(self, answer):
        waiting = self._to_confirm()
        if self and not waiting:
            raise UserError(
                self.env._("What is confirmed is not refused any more: correct it.")
            )
        for one in waiting:
            one.write({"state": "refused", "answer": answer})
