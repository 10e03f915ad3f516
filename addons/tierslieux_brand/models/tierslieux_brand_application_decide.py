# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..domain import committee, gates, levels
from ..domain import licence as rule


class BrandApplication(models.Model):
    """The committee: opinions, quorum, motive, decision."""

    _inherit = "tierslieux.brand.application"

    def _check_committee(self, judging=True):
        """Refuse whoever does not sit, or has a tie with the venue.

        :param judging: False to organise the review, which judges nothing
        """
        self.ensure_one()
        user = self.env.user
        if user not in self.brand_id.committee_ids:
            raise AccessError(self.env._("You do not sit in this committee."))
        if judging:
            reason = self._conflict(user)
            if reason:
                raise UserError(reason)

    def _check_undecided(self):
        if self.state in ("granted", "refused"):
            raise UserError(
                self.env._(
                    "%(who)s recorded the decision on %(when)s: %(motive)s",
                    who=self.decided_by_id.name,
                    when=self._moment(self.decided_at),
                    motive=self.motive,
                )
            )
        if self.state != "committee":
            raise UserError(self.env._("This application is not before the committee."))

    def _give_opinion(self, choice, motive):
        """One's opinion, once: it is not changed afterwards."""
        self._check_committee()
        self._query_bump()
        self._check_undecided()
        if choice not in (committee.FOR, committee.AGAINST, committee.ABSTAIN):
            raise UserError(self.env._("Choose for, against or abstain."))
        if not (motive or "").strip():
            raise UserError(self.env._("Say why."))
        if self.env.user in self._opinions().user_id:
            raise UserError(self.env._("You gave your opinion already."))
        self.env["tierslieux.brand.opinion"].create(
            {
                "application_id": self.id,
                "round": self.round,
                "user_id": self.env.uid,
                "on_appeal": bool(self.appealed_at),
                "choice": choice,
                "motive": motive.strip(),
            }
        )

    def _opinions(self):
        """Those that count now: an appeal is heard anew."""
        return self.opinion_ids.filtered(
            lambda one: (
                one.round == self.round and one.on_appeal == bool(self.appealed_at)
            )
        )

    def _verdict(self):
        return committee.verdict(
            self._opinions().mapped("choice"), self.rules_id.quorum
        )

    def _unmet(self):
        """The criteria under their least level in the peer's view."""
        self.ensure_one()
        criteria = {one.code: one for one in self.grid_id.criterion_ids}
        unmet = levels.unmet(
            self.peer_assessment_id._levels(),
            {code: one.least for code, one in criteria.items()},
        )
        return self.env["tierslieux.brand.criterion"].union(
            *(criteria[code] for code in unmet)
        )

    def _decide(self, motive):
        """Record what the opinions make. One decides: of two at once, the second is
        told what the first recorded.

        :return: the licence, empty for a refusal
        :raises UserError: below the quorum, without a motive, once decided
        """
        self._check_committee()
        self._query_bump()
        self._check_undecided()
        motive = (motive or "").strip()
        if not motive:
            raise UserError(self.env._("A decision says its motive."))
        verdict = self._verdict()
        if not verdict.outcome:
            raise UserError(
                self.env._(
                    "The quorum is not reached: %(present)s of %(quorum)s opinions.",
                    present=verdict.present,
                    quorum=verdict.quorum,
                )
            )
        unmet = self._unmet()
        if verdict.outcome == committee.GRANTED and unmet:
            raise UserError(
                self.env._(
                    "No licence while a criterion is under its least level: %s. Ask "
                    "the venue for more, or refuse.",
                    ", ".join(unmet.mapped("name")),
                )
            )
        self.write(
            {
                "state": verdict.outcome,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                "motive": motive,
                "verdict": verdict._asdict(),
            }
        )
        licence = self.env["tierslieux.brand.licence"]
        if verdict.outcome == committee.GRANTED:
            licence = self._license(motive)
        else:
            self._tell_venue(
                self.env._("The committee did not grant the mark: %s", motive),
                self._appeal_sentence(),
            )
        return licence

    def _license(self, motive):
        """A new licence, or a new period of the one that is renewed."""
        today = fields.Date.context_today(self)
        licence = self.licence_id
        months = self.rules_id.licence_months
        if licence and licence.state not in (rule.WITHDRAWN, rule.PENDING):
            start = max(today, licence.date_to)
            licence._record(
                rule.RENEWAL,
                date_to=gates.months_after(start, months),
                motive=motive,
                application_id=self.id,
            )
            return licence
        licence = licence.create(
            {"brand_id": self.brand_id.id, "venue_id": self.venue_id.id}
        )
        licence._record(
            rule.GRANT,
            date_to=gates.months_after(today, months),
            motive=motive,
            application_id=self.id,
        )
        self.licence_id = licence
        return licence

    def _ask_for_more(self, motive):
        """Back to the venue: it completes, and is assessed again."""
        self._check_committee()
        self._query_bump()
        self._check_undecided()
        motive = (motive or "").strip()
        if not motive:
            raise UserError(self.env._("Say what is missing."))
        before = self.self_assessment_id
        self.write({"state": "draft", "round": self.round + 1, "motive": motive})
        again = before.copy({"round": self.round, "user_id": self.user_id.id})
        again._take_evidence(before)
        self._tell_venue(self.env._("The committee asks for more: %s", motive))

    # -- appeal against a refusal -----------------------------------------------------

    def _appeal_until(self):
        """The last day to appeal against a refusal; ``None`` when there is nothing to
        appeal against."""
        self.ensure_one()
        if self.state != "refused" or self.appealed_at:
            return None
        return committee.appeal_until(
            fields.Date.context_today(self, self.decided_at), self.rules_id.appeal_days
        )

    def _may_appeal(self):
        until = self._appeal_until()
        return bool(until) and fields.Date.context_today(self) <= until

    def _appeal_sentence(self):
        """How long a refusal can be appealed against, or that it is final."""
        until = self._appeal_until()
        if not until:
            return self.env._("This decision was taken on appeal: it is final.")
        return self.env._(
            "You can appeal until %s, on the page of the application.",
            format_date(self.env, until, date_format="long"),
        )

    def _appeal(self, motive):
        """The venue appeals, once: the committee hears it anew, and decides again.

        :raises UserError: without a motive, too late, a second time
        """
        self.ensure_one()
        if self.env.user not in self.venue_id.manager_ids:
            raise AccessError(self.env._("Only those who run a venue apply for it."))
        self._query_bump()
        motive = (motive or "").strip()
        if not motive:
            raise UserError(self.env._("Say the motive."))
        until = self._appeal_until()
        if not until:
            raise UserError(self.env._("There is no refusal to appeal against."))
        if not self._may_appeal():
            raise UserError(
                self.env._("The %s days to appeal are over.", self.rules_id.appeal_days)
            )
        under_way = self.search_count(
            [
                ("brand_id", "=", self.brand_id.id),
                ("venue_id", "=", self.venue_id.id),
                ("state", "not in", ("granted", "refused", "abandoned")),
            ]
        )
        if under_way:
            raise UserError(
                self.env._("A new application is under way: give it up first.")
            )
        self.write(
            {
                "state": "committee",
                "appealed_at": fields.Datetime.now(),
                "appeal_motive": motive,
                "first_decision": {
                    "recorded": self._decision_sentence(),
                    "motive": self.motive,
                    "verdict": self.verdict,
                },
            }
        )
        self._tell_committee(
            self.env._("Appeal of %s", self.venue_id.name),
            motive,
            self.env._("Each member gives an opinion anew:"),
        )
