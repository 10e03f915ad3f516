# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import drawing
from ..words import count_shares

WIDTH, HEIGHT = 640, 160


class ShareMovementPage(models.Model):
    """What a holder reads of the register."""

    _inherit = "tierslieux.share.movement"

    @api.model
    def _of_holder(self, holders):
        return Domain("giver_id", "in", holders.ids) | Domain(
            "receiver_id", "in", holders.ids
        )

    @api.model
    def _portal_accounts(self):
        """The accounts of the visitor and of those they represent, one a foncière:
        shares, worth, movements, and their drawing. In a constant number of queries."""
        holders = self.env.user.partner_id._share_holders()
        # sudo: the rules let holders read their own; names of the foncière and issue
        movements = self.search(self._of_holder(holders), order="number").sudo()
        queued = self._queued(holders)
        accounts = []
        for company in movements.company_id:
            of_company = movements.filtered(lambda one, c=company: one.company_id == c)
            for holder in holders:
                rows = of_company._account_rows(holder)
                if rows:
                    waiting = queued.filtered(
                        lambda one, c=company, h=holder: (
                            one.company_id == c and one.partner_id == h
                        )
                    )
                    accounts.append(
                        self._portal_account(company, holder, rows, waiting)
                    )
        return accounts

    def _queued(self, holders):
        # sudo: redemptions of these holders
        return (
            self.env["tierslieux.share.redemption"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", holders.ids),
                    ("state", "in", ("queued", "decided")),
                ]
            )
        )

    def _account_rows(self, holder):
        """The movements of a holder in the order of the register, with the balance
        after each: ``[(movement, shares more or less, balance)]``."""
        balance, rows = 0, []
        for one in self:
            if holder not in (one.giver_id, one.receiver_id):
                continue
            shares = one.held if one.receiver_id == holder else -one.held
            balance += shares
            rows.append((one, shares, balance))
        return rows

    def _portal_account(self, company, holder, rows, waiting):
        shares = rows[-1][2]
        nominal = rows[-1][0].nominal
        return {
            "company": company,
            "holder": holder,
            "is_own": holder == self.env.user.partner_id,
            "shares": shares,
            "nominal": nominal,
            "worth": shares * nominal,
            "rows": rows[::-1],
            "chart": self._chart(rows),
            "redemptions": waiting,
        }

    def _chart(self, rows):
        """Shares over time, drawn from the first movement to today."""
        levels = {}
        for one, shares, _balance in sorted(rows, key=lambda row: row[0].effective_on):
            last = next(reversed(levels.values()), 0)
            levels[one.effective_on] = last + shares
        first, today = next(iter(levels)), fields.Date.context_today(self)
        last = max(today, next(reversed(levels)))
        outline = drawing.staircase(list(levels.items()), first, last, WIDTH, HEIGHT)
        line = " ".join(f"{x},{y}" for x, y in outline)
        return {
            "line": line,
            "area": f"{line} {WIDTH},{HEIGHT} {outline[0][0]},{HEIGHT}",
            "first": first,
            "last": last,
            "highest": max(levels.values()),
            "width": WIDTH,
            "height": HEIGHT,
        }

    def _kind_words(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _other_side(self, holder):
        """Who the other party is, by name; of the foncière itself nothing."""
        if self.receiver_id == holder:
            identity = self.giver_identity
        else:
            identity = self.receiver_identity
        return (identity or "").split(",")[0]

    @api.model
    def _tell_transfer(self, company, holder, quantity, receiver, address, terms):
        """A holder tells the office of a transfer: a note on their contact, which the
        board and the treasurers of the foncière get. Title passes when one of them has
        recorded it.

        :param holder: checked by who calls
        :raises UserError: the holder has fewer shares, or nobody is named
        """
        free = self.env["tierslieux.share.redemption"]._free_shares(company, holder)
        if not 0 < quantity <= free:
            raise UserError(
                self.env._(
                    "You can pass on %s: tell how many, at least one.",
                    count_shares(self.env, max(free, 0)),
                )
            )
        if not receiver or not address:
            raise UserError(self.env._("Tell who gets the shares: name and address."))
        # sudo: a holder does not write on contacts, this act is the way in
        office = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    (
                        "all_group_ids",
                        "in",
                        [
                            self.env.ref(f"tierslieux_network.group_{group}").id
                            for group in ("board", "treasurer")
                        ],
                    ),
                    ("company_ids", "in", company.ids),
                ]
            )
        )
        holder.sudo().message_post(
            subject=self.env._("Transfer of shares of %s", company.name),
            body=Markup("<p>%s</p><p>%s<br/>%s</p><p>%s</p>")
            % (
                self.env._(
                    "%(holder)s tells a transfer of %(shares)s to:",
                    holder=holder.name,
                    shares=count_shares(self.env, quantity),
                ),
                receiver,
                address,
                terms,
            ),
            partner_ids=office.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
