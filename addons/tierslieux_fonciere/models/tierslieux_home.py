# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.tierslieux_network.models.tierslieux_home import NOW, SOON


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        needs = [*super()._needs(), *self._subscriber_needs()]
        if self._is("group_board"):
            needs += self._list_need(
                "to_admit",
                "tierslieux_fonciere.share_subscription_action_to_admit",
                self.env._("shareholder to admit"),
                self.env._("shareholders to admit"),
                rank=NOW,
            )
            needs += self._list_need(
                "redemptions",
                "tierslieux_fonciere.share_redemption_action_queued",
                self.env._("redemption of shares in the queue"),
                self.env._("redemptions of shares in the queue"),
            )
        if self._is("group_treasurer"):
            needs += self._list_need(
                "share_payouts",
                "tierslieux_fonciere.share_redemption_action_to_pay",
                self.env._("redemption of shares to pay"),
                self.env._("redemptions of shares to pay"),
            )
        return needs

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_treasurer"):
            ways.append(
                self._way(
                    "bank",
                    self.env._("Lines of the bank"),
                    self._office(
                        "tierslieux_fonciere.account_bank_statement_line_action"
                    ),
                    "fa-university",
                    rank=4,
                )
            )
        return ways

    def _subscriber_needs(self):
        """Shares the user reserved and has not paid yet."""
        subscriptions = self.env["tierslieux.share.subscription"]
        if not subscriptions.has_access("read"):
            return []
        holders = self.env.user.partner_id._share_holders()
        reserved = subscriptions.search(
            [("partner_id", "in", holders.ids), ("state", "=", "reserved")]
        )
        return self._need(
            "shares",
            len(reserved),
            self.env._("of shares reserved, to pay"),
            self.env._("of shares reserved, to pay"),
            f"/my/shares/{reserved.id}" if len(reserved) == 1 else "/my/shares",
            value=reserved
            and self._money(
                sum(one.amount - one.received_amount for one in reserved),
                reserved[0].currency_id,
            ),
            rank=SOON,
        )
