# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..domain import chain
from ..words import count_shares


@dataclass
class Entry:
    """A movement to record. ``source_key`` says what it is for: it is recorded once."""

    company: Any
    kind: str
    effective_on: Any
    quantity: int
    nominal: float
    source_key: str
    giver: Any = None
    receiver: Any = None
    price: float = 0
    gratuitous: bool = False
    issue: Any = None
    property: Any = None
    subscription: Any = None
    deed: str = ""
    corrects: Any = None
    held: int | None = None


class ShareMovement(models.Model):
    """How movements come into the register."""

    _inherit = "tierslieux.share.movement"

    @api.model
    def _record(self, entries):
        """Write movements of one company in its register, in order: all or none.

        :param entries: list of :class:`Entry`
        :raises UserError: a day to come or of a closed period, shares that the giver
            has not
        """
        if not entries:
            return self.browse()
        company = entries[0].company
        register = self.env["tierslieux.share.register"]._of(company)
        number, digest = register._lock()
        self._check_days(company, {entry.effective_on for entry in entries})
        self._check_givers(entries)
        now = fields.Datetime.now()
        vals_list = []
        identities = {}
        for entry in entries:
            number += 1
            vals = self._entry_values(entry, number, now, identities)
            vals["previous_digest"] = digest
            vals["digest"] = digest = chain.digest(digest, _sealed(vals, entry))
            vals_list.append(vals)
        # sudo: nobody has the right to write in the register, this act is the way in
        movements = self.sudo().create(vals_list).sudo(False)
        register._advance(number, digest)
        # the unique keys answer now, before anything else is done
        self.env.flush_all()
        return movements

    @api.model
    def _check_days(self, company, days):
        """:raises UserError: a day to come, or one whose books are closed"""
        today = fields.Date.context_today(self)
        for day in days:
            if day > today:
                raise UserError(
                    self.env._(
                        "A movement of shares cannot be dated %s: that day is to come.",
                        format_date(self.env, day),
                    )
                )
            locks = company._get_violated_lock_dates(
                day, False, self.env["account.journal"]
            )
            if locks:
                raise UserError(
                    self.env._(
                        "A movement of shares cannot be dated %(day)s: the books are "
                        "closed (%(locks)s).",
                        day=format_date(self.env, day),
                        locks=company._format_lock_dates(locks),
                    )
                )

    @api.model
    def _check_givers(self, entries):
        """:raises UserError: somebody gives what they have not, then or later"""
        taken = defaultdict(int)
        for entry in entries:
            if not entry.giver or entry.held == 0:
                continue
            lowest = self._lowest_from(entry.company, entry.giver, entry.effective_on)
            taken[entry.giver] += entry.quantity
            if lowest < taken[entry.giver]:
                raise UserError(
                    self.env._(
                        "%(person)s has %(shares)s on %(day)s and later: %(wanted)s "
                        "cannot be taken.",
                        person=entry.giver.display_name,
                        shares=count_shares(self.env, lowest),
                        day=format_date(self.env, entry.effective_on),
                        wanted=taken[entry.giver],
                    )
                )

    @api.model
    def _lowest_from(self, company, partner, day):
        """The least a holder has at the end of a day or later."""
        self.flush_model()
        return self.env.execute_query(self._query_lowest(company, partner, day))[0][0]

    def _query_lowest(self, company, partner, day):
        return SQL(
            """
            WITH steps AS (
                SELECT effective_on, number, held AS shares
                  FROM tierslieux_share_movement
                 WHERE company_id = %(company)s AND receiver_id = %(partner)s
                 UNION ALL
                SELECT effective_on, number, -held
                  FROM tierslieux_share_movement
                 WHERE company_id = %(company)s AND giver_id = %(partner)s
            ), balances AS (
                SELECT effective_on,
                       sum(shares) OVER (ORDER BY effective_on, number) AS balance
                  FROM steps
            )
            SELECT least(
                (SELECT coalesce(sum(shares), 0)
                   FROM steps WHERE effective_on <= %(day)s),
                (SELECT min(balance) FROM balances WHERE effective_on > %(day)s)
            )::int
            """,
            company=company.id,
            partner=partner.id,
            day=day,
        )

    @api.model
    def _entry_values(self, entry, number, now, identities):
        for partner in (entry.giver, entry.receiver):
            if partner and partner not in identities:
                identities[partner] = partner._share_identity()
        return {
            "company_id": entry.company.id,
            "number": number,
            "kind": entry.kind,
            "effective_on": entry.effective_on,
            "recorded_at": now,
            "quantity": entry.quantity,
            "held": entry.quantity if entry.held is None else entry.held,
            "giver_id": entry.giver.id if entry.giver else False,
            "giver_identity": identities.get(entry.giver, False),
            "receiver_id": entry.receiver.id if entry.receiver else False,
            "receiver_identity": identities.get(entry.receiver, False),
            "nominal": entry.nominal,
            "price": entry.price,
            "gratuitous": entry.gratuitous,
            "issue_id": entry.issue.id if entry.issue else False,
            "property_id": entry.property.id if entry.property else False,
            "subscription_id": entry.subscription.id if entry.subscription else False,
            "deed": entry.deed or False,
            "corrects_id": entry.corrects.id if entry.corrects else False,
            "source_key": entry.source_key,
        }

    def _correct(self, reason, day=None):
        """Compensate a movement by its opposite, whole, once; what is right is recorded
        anew.

        :param day: when the opposite takes effect; the day of the movement where its
            period is open still
        :raises UserError: it is a correction, or what it gave was passed on
        """
        self.ensure_one()
        self._check_office()
        if self.kind == "correction" or self.corrected_by_ids:
            raise UserError(
                self.env._(
                    "This movement is corrected already, or is a correction: record "
                    "what is right."
                )
            )
        return self._record(
            [
                Entry(
                    company=self.company_id,
                    kind="correction",
                    effective_on=day or self.effective_on,
                    quantity=self.quantity,
                    held=self.held,
                    nominal=self.nominal,
                    price=self.price,
                    gratuitous=self.gratuitous,
                    giver=self.receiver_id,
                    receiver=self.giver_id,
                    issue=self.issue_id,
                    property=self.property_id,
                    subscription=self.subscription_id,
                    deed=reason,
                    corrects=self,
                    source_key=f"correction/{self.number}",
                )
            ]
        )

    @api.model
    def _check_office(self):
        """:raises UserError: neither the treasurer nor the board"""
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("tierslieux_network.group_treasurer")
            or user.has_group("tierslieux_network.group_board")
        ):
            raise UserError(
                self.env._("The treasurer and the board keep the register of shares.")
            )


def _sealed(vals, entry):
    """What is digested of a movement, by the names of ``domain/chain.py``."""
    return {
        "number": vals["number"],
        "kind": vals["kind"],
        "effective_on": fields.Date.to_string(vals["effective_on"]),
        "recorded_at": vals["recorded_at"].isoformat(timespec="seconds"),
        "quantity": vals["quantity"],
        "held": vals["held"],
        "giver": vals["giver_id"] or None,
        "giver_identity": vals["giver_identity"] or None,
        "receiver": vals["receiver_id"] or None,
        "receiver_identity": vals["receiver_identity"] or None,
        "nominal": round(vals["nominal"] * 100),
        "price": round(vals["price"] * 100),
        "gratuitous": vals["gratuitous"],
        "issue": vals["issue_id"] or None,
        "property": vals["property_id"] or None,
        "deed": vals["deed"] or None,
        "corrects": entry.corrects.number if entry.corrects else None,
        "source_key": vals["source_key"],
    }
