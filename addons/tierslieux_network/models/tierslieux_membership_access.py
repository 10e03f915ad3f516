# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    def _speakers(self):
        """Who acts for the member on the portal: the person, or the delegate."""
        speakers = self.env["res.partner"]
        for membership in self:
            speakers |= (
                membership.delegate_id
                if membership.is_company
                else membership.partner_id
            )
        return speakers

    def _has_network_access(self):
        """A member, or somebody whom the board has admitted and who is about to pay.
        Where nobody checks applications, the network opens with the first payment."""
        self.ensure_one()
        return self.on_roll or (
            self.state == "admitted" and self.college_id.admission_required
        )

    def _update_portal_access(self):
        """Give those who speak for these members an account and the member's group;
        take the group back from portal users none of whose memberships gives it."""
        # sudo: decided here, for exactly these contacts, whoever records the event.
        memberships = self.sudo()
        for membership in memberships.filtered(
            lambda m: m.state in ("admitted", "member", "due")
        ):
            membership._invite(membership._speakers())
        group = self.env.ref("tierslieux_network.group_member")
        concerned = (
            memberships.partner_id | memberships.delegation_ids.partner_id
        ).user_ids
        for user in concerned.filtered(lambda u: u._is_portal()):
            owned = memberships._of_partner(user.partner_id)
            access = any(membership._has_network_access() for membership in owned)
            if access and group not in user.all_group_ids:
                user.group_ids = [Command.link(group.id)]
            elif not access and group in user.group_ids:
                user.group_ids = [Command.unlink(group.id)]

    def _invite(self, partners):
        """Open a portal account for those who have none. An address that is already
        somebody's login is not used twice: the board is told, the applicant is not."""
        for partner in partners.filtered(lambda p: not p.user_ids):
            if not email_normalize(partner.email):
                continue
            wizard = self.env["portal.wizard"].create(
                {"partner_ids": [Command.set(partner.ids)]}
            )
            try:
                with self.env.cr.savepoint():
                    wizard.user_ids.action_grant_access()
            except UserError:
                self._message_log(
                    body=self.env._(
                        "No portal account was opened: the address of %s is the login "
                        "of another contact. Merge the contacts if they are the same.",
                        partner.name,
                    )
                )
