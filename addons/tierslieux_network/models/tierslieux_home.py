# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from .tierslieux_membership import RENEWAL_DAYS

# Somebody waits for it, or it is today; it has a day to keep; it can be done any day.
NOW, SOON, LATER = 1, 2, 3
# What one does every week is not everything one may do.
WAYS = 8
# Venues whose own pages are named one by one; beyond, they are behind “My venues”.
FEW = 2


class Home(models.AbstractModel):
    """The first page after signing in: what waits for the user today, and what they do
    every week.

    A module adds its own by overriding ``_needs`` and ``_ways``. Both return plain
    values, read with the user's own rights, in a constant number of queries.
    """

    _name = "tierslieux.home"
    _description = "First page of a user"

    @api.model
    @api.readonly
    def html(self):
        """The page as the web client shows it."""
        return self.env["ir.qweb"]._render(
            "tierslieux_network.home_day", {"day": self._page()}
        )

    @api.model
    def _page(self):
        """``{name, date, needs, ways}``: the most pressing need first; each need and
        each way once, by its key."""
        needs = {need["key"]: need for need in self._needs()}
        ways = {way["key"]: way for way in self._ways()}
        return {
            "name": self.env.user.name,
            "date": format_date(
                self.env,
                fields.Date.context_today(self),
                date_format="EEEE d MMMM",
            ),
            "needs": sorted(needs.values(), key=lambda need: need["rank"]),
            "ways": sorted(ways.values(), key=lambda way: way["rank"])[:WAYS],
        }

    # What modules add

    @api.model
    def _needs(self):
        """What waits for the user, as made by ``_need``."""
        return [*self._member_needs(), *self._office_needs()]

    @api.model
    def _ways(self):
        """What the user does every week, as made by ``_way``."""
        ways = []
        if self._is("group_venue_manager"):
            ways.append(
                self._way(
                    "venues", self.env._("My venues"), "/my/venues", "fa-home", rank=7
                )
            )
        if self._is("group_facilitator"):
            ways += self._facilitator_ways()
        if self._is("group_board"):
            ways.append(
                self._way(
                    "members",
                    self.env._("Members"),
                    self._office("tierslieux_network.tierslieux_membership_action"),
                    "fa-users",
                    rank=1,
                )
            )
        if self._is("group_board") or self._is("group_treasurer"):
            ways.append(
                self._way(
                    "dashboard",
                    self.env._("Dashboard"),
                    self._office("tierslieux_network.tierslieux_dashboard_action"),
                    "fa-bar-chart",
                    rank=3,
                )
            )
        if self._is("group_member"):
            ways.append(
                self._way(
                    "directory",
                    self.env._("Find a place or a person"),
                    "/lieux",
                    "fa-map-marker",
                    rank=80,
                )
            )
        return ways

    def _facilitator_ways(self):
        """The page of each place one facilitates: what people see of it."""
        # sudo: a facilitator's own place in a team, which portal users do not search
        venues = (
            self.env["tierslieux.venue"]
            .sudo()
            .search(
                [
                    ("facilitator_ids.partner_id", "=", self.env.user.partner_id.id),
                    ("is_published", "=", True),
                ],
                limit=FEW,
            )
        )
        return [
            self._way(
                f"facilitated_{venue.id}",
                self.env._("The place I facilitate"),
                venue.website_url,
                "fa-heart-o",
                rank=4,
                detail=venue.name,
            )
            for venue in venues
        ]

    # How they are made

    def _is(self, group):
        """Whether the user is of one of our groups."""
        return self.env.user.has_group(
            group if "." in group else f"tierslieux_network.{group}"
        )

    def _my_venues(self):
        """The venues the user keeps."""
        venues = self.env["tierslieux.venue"]
        if not self._is("group_venue_manager"):
            return venues
        return venues.search([("manager_ids", "in", self.env.uid)])

    @api.model
    def _need(self, key, count, one, many, url, *, rank=SOON, value=None, detail=None):
        """``[need]``, or nothing when nothing waits.

        :param one: words after the number 1, ``many`` after the others
        :param value: what is shown in place of the number: an amount, a time
        """
        if not count:
            return []
        return [
            {
                "key": key,
                "count": count,
                "value": value or formatLang(self.env, count, digits=0),
                "label": one if count == 1 else many,
                "detail": detail,
                "url": url,
                "rank": rank,
            }
        ]

    @api.model
    def _list_need(self, key, action, one, many, *, domain=None, rank=SOON):
        """A need for the records of a list of the back office.

        :param action: XML id of the list; its own domain is what is counted, unless
            its first filter is given as ``domain``
        """
        action_values = self.env["ir.actions.act_window"]._for_xml_id(action)
        records = self.env[action_values["res_model"]]
        if not records.has_access("read"):
            return []
        if domain is None:
            domain = ast.literal_eval(action_values["domain"])
        return self._need(
            key,
            records.search_count(domain),
            one,
            many,
            self._office(action),
            rank=rank,
        )

    @api.model
    def _way(self, key, label, url, icon, *, rank=50, detail=None):
        return {
            "key": key,
            "label": label,
            "url": url,
            "icon": icon,
            "rank": rank,
            "detail": detail,
        }

    @api.model
    def _office(self, action):
        """The address of an action of the back office, this page in its breadcrumbs."""
        return f"/odoo/accueil/action-{action}"

    @api.model
    def _money(self, amount, currency=None):
        return formatLang(
            self.env, amount, currency_obj=currency or self.env.company.currency_id
        )

    # The needs of the network

    def _member_needs(self):
        """Dues to pay, or soon to renew, and other invoices."""
        memberships = self.env["tierslieux.membership"]
        if self._is("group_member"):
            memberships = memberships._of_partner(self.env.user.partner_id)
        owed = memberships.filtered(lambda one: one.amount_due > 0)
        soon = fields.Date.context_today(self) + timedelta(days=RENEWAL_DAYS)
        ending = (memberships - owed).filtered(
            lambda one: (
                one.state in ("member", "due")
                and one.reason != "free"
                and one.paid_until
                and one.paid_until <= soon
            )
        )
        return [
            *self._need(
                "dues",
                len(owed),
                self.env._("of dues to pay"),
                self.env._("of dues to pay"),
                "/my/membership",
                value=self._money(sum(owed.mapped("amount_due"))),
            ),
            # sudo: which invoices are dues, of memberships found with one's own rights
            *self._invoice_needs(owed.sudo()._open_invoices().ids),
            *self._need(
                "renewal",
                len(ending),
                self.env._("membership to renew"),
                self.env._("memberships to renew"),
                "/my/membership",
                rank=LATER,
                detail=ending
                and self.env._(
                    "paid until %s",
                    format_date(self.env, min(ending.mapped("paid_until"))),
                ),
            ),
        ]

    def _invoice_needs(self, dues):
        """What the user is invoiced beside their dues."""
        invoices = self.env["account.move"]
        if not invoices.has_access("read"):
            return []
        payer = self.env.user.partner_id.commercial_partner_id
        [(count, residual)] = invoices._read_group(
            [
                ("commercial_partner_id", "=", payer.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("id", "not in", dues),
            ],
            [],
            ["__count", "amount_residual:sum"],
        )
        return self._need(
            "invoices",
            count,
            self.env._("to pay, on one invoice"),
            self.env._("to pay, on %s invoices", count),
            "/my/invoices?filterby=invoices",
            value=self._money(residual),
        )

    def _office_needs(self):
        needs = []
        if self._is("group_board"):
            needs += self._list_need(
                "applications",
                "tierslieux_network.tierslieux_membership_action_applications",
                self.env._("application to decide on"),
                self.env._("applications to decide on"),
                domain=Domain("state", "=", "applied"),
                rank=NOW,
            )
        if self._is("group_treasurer"):
            needs += self._list_need(
                "arrears",
                "tierslieux_network.tierslieux_membership_action_arrears",
                self.env._("member in arrears"),
                self.env._("members in arrears"),
                domain=Domain("arrears", ">", 0),
                rank=LATER,
            )
        if self._is("base.group_user"):
            needs += self._activity_needs()
        return needs

    def _activity_needs(self):
        """What the user has planned, or was asked, for today or before."""
        mine = Domain("user_id", "=", self.env.uid)
        due = self.env["mail.activity"].search_count(
            mine & Domain("date_deadline", "<=", fields.Date.context_today(self))
        )
        return self._need(
            "activities",
            due,
            self.env._("thing planned for today or before"),
            self.env._("things planned for today or before"),
            self._office("tierslieux_network.my_activities_action"),
        )
