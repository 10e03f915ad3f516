# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.entries import OFF_BALANCE
from .tierslieux_funding_posting import Draft


class FundingPosting(models.Model):
    """Class 8: what volunteers and givers brought, by month and action."""

    _inherit = "tierslieux.funding.posting"

    @api.model
    def _post_contributions(self, company, until, late):
        """Bring the entries of class 8 to what is confirmed by a day.

        :param late: the day of what was confirmed after its month was closed
        """
        drafts = self._contribution_drafts(company, until, late)
        actions = self.env["tierslieux.funding.action"].union(
            *(draft.action for draft in drafts)
        )
        self._lock(actions)
        return self._post_drafts(drafts)

    @api.model
    def _contribution_drafts(self, company, until, late):
        posted = self._posted(OFF_BALANCE, [("company_id", "=", company.id)])
        drafts = []
        for (kind, action, month), (worth, minutes) in sorted(
            self._confirmed_contributions(company, until).items(),
            key=lambda item: (item[0][2], item[0][1].id, item[0][0]),
        ):
            scope = self._month_scope(action, month)
            before = posted.get((kind, scope), 0)
            draft = Draft(
                kind=kind,
                scope=scope,
                company=company,
                date=fields.Date.end_of(month, "month"),
                cents=worth - before,
                name=self._contribution_name(kind, action, month),
                reason=self._contribution_reason(company, worth, minutes, before),
                action=action,
            )
            journal = self._journal(company, self._journal_name(draft))
            if company._get_violated_lock_dates(draft.date, False, journal):
                draft.date = late
            drafts.append(draft)
        return [draft for draft in drafts if draft.cents]

    @api.model
    def _month_scope(self, action, month):
        return f"action-{action.id}-{month:%Y-%m}"

    @api.model
    def _confirmed_contributions(self, company, until):
        """``{(kind, action, first day of the month): (cents, minutes)}``"""
        domain = [
            ("company_id", "=", company.id),
            ("confirmed_on", "!=", False),
            ("date", "<=", until),
        ]
        sums = {
            ("volunteering", action, month): (cents(worth), minutes)
            for action, month, worth, minutes in self.env[
                "tierslieux.volunteer.time"
            ]._read_group(
                domain, ["action_id", "date:month"], ["value:sum", "minutes:sum"]
            )
        }
        for kind, action, month, worth in self.env["tierslieux.in.kind"]._read_group(
            domain, ["kind", "action_id", "date:month"], ["value:sum"]
        ):
            sums[f"in_kind_{kind}", action, month] = cents(worth), None
        return sums

    def _contribution_name(self, kind, action, month):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(action)s: %(kind)s, %(month)s",
            action=action.name,
            kind=kinds[kind].lower(),
            month=format_date(self.env, month, date_format="MMMM y"),
        )

    def _contribution_reason(self, company, worth, minutes, before):
        def money(amount):
            return formatLang(self.env, amount / 100, currency_obj=company.currency_id)

        sentences = []
        if minutes is not None:
            hours, rest = divmod(minutes, 60)
            sentences.append(
                self.env._(
                    "%(hours)s h %(minutes)s confirmed, at the rates of their days: "
                    "%(worth)s.",
                    hours=hours,
                    minutes=f"{rest:02}",
                    worth=money(worth),
                )
            )
        else:
            sentences.append(self.env._("Confirmed: %s.", money(worth)))
        if before:
            sentences.append(
                self.env._(
                    "%(before)s is in the books: the difference is %(difference)s.",
                    before=money(before),
                    difference=money(worth - before),
                )
            )
        return " ".join(sentences)
