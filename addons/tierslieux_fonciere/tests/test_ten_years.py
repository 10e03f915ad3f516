# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time

from odoo.addons.tierslieux_fonciere.domain import verification
from odoo.addons.tierslieux_fonciere.domain.capital import floor

from .common import FonciereCommon

WHO = st.integers(0, 3)
SHARES = st.integers(1, 60)
RANK = st.integers(0, 9)
START = Datetime.to_datetime("2026-01-05 10:00:00")


class Decade(RuleBasedStateMachine):
    """Ten years of a foncière: issues, people who subscribe, pay in time, late, too
    little or too much, transfer and withdraw; payments that are matched again."""

    case = None

    @initialize()
    def found(self):
        case = self.case
        self.savepoint = case.env.cr.savepoint()
        self.env = case.env
        # one clock: to freeze the time anew takes longer than an act
        self.frozen = freeze_time(START)
        self.clock = self.frozen.start()
        self.lines = self.env["account.bank.statement.line"]
        # what this machine knows by itself: shares passed on, the highest capital
        self.passed = Counter()
        self.highest = 0
        self.open(False, 0)

    def teardown(self):
        if hasattr(self, "savepoint"):
            self.frozen.stop()
            self.savepoint.close(rollback=True)
            self.env.invalidate_all()

    @property
    def today(self):
        return self.clock().date()

    def subscriptions(self, *states):
        return self.env["tierslieux.share.subscription"].search(
            [("company_id", "=", self.case.company.id), ("state", "in", states)]
        )

    def open(self, admission, minimum):
        self.issue = self.case.create_issue(
            target_shares=100,
            maximum_shares=100,
            minimum_shares=minimum,
            admission_required=admission,
            date_from=self.today,
            date_to=self.today + timedelta(days=300),
        )
        self.issue.action_open()

    @rule(days=st.integers(1, 500))
    def time_passes(self, days):
        self.clock.tick(timedelta(days=days))
        self.env["tierslieux.share.subscription"]._cron_expire()

    @rule(admission=st.booleans(), minimum=st.sampled_from([0, 20]))
    def next_issue(self, admission, minimum):
        undecided = self.issue.subscription_ids.filtered(
            lambda one: one.state == "paid" and not one.admitted_on
        )
        undecided._refuse("Fin de la campagne")
        self.issue.action_close()
        self.open(admission, minimum)

    @rule(who=WHO, quantity=SHARES)
    def subscribe(self, who, quantity):
        left = self.issue._free()
        try:
            self.case.subscribe(self.issue, self.case.people[who], quantity)
        except UserError:
            over = self.today > self.issue.date_to
            assert over or quantity > left

    @rule(rank=RANK, more=st.sampled_from([-100, 0, 0, 0, 50]))
    def pay(self, rank, more):
        found = self.subscriptions("reserved", "expired", "waiting")
        for one in found[rank : rank + 1]:
            amount = one.amount - one.received_amount + more
            if amount > 0:
                self.lines |= self.case.pays(one, amount, self.today)

    @rule(rank=RANK, admitted=st.booleans())
    def decide(self, rank, admitted):
        found = self.subscriptions("paid").filtered(lambda one: not one.admitted_on)
        for one in found[rank : rank + 1]:
            if admitted:
                one._admit(self.today)
            else:
                one._refuse("Non")

    @rule(rank=RANK)
    def match_again(self, rank):
        for line in self.lines[rank : rank + 1]:
            line.action_undo_reconciliation()
            line._receive_shares()

    @rule(giver=WHO, receiver=WHO, quantity=SHARES)
    def transfer(self, giver, receiver, quantity):
        giver, receiver = self.case.people[giver], self.case.people[receiver]
        free = self.redemptions._free_shares(self.case.company, giver)
        wizard = self.env["tierslieux.share.transfer"].create(
            {
                "company_id": self.case.company.id,
                "giver_id": giver.id,
                "receiver_id": receiver.id,
                "quantity": quantity,
                "date": self.today,
                "deed": "Ordre de mouvement",
            }
        )
        try:
            wizard.action_record()
        except UserError:
            assert giver == receiver or quantity > free
        else:
            self.passed[giver] -= quantity
            self.passed[receiver] += quantity

    @rule(who=WHO, quantity=SHARES)
    def withdraw(self, who, quantity):
        try:
            self.redemptions._request(
                self.case.company, self.case.people[who], quantity
            )
        except UserError:
            free = self.redemptions._free_shares(
                self.case.company, self.case.people[who]
            )
            assert quantity > free

    @rule()
    def redeem(self):
        company = self.case.company
        for one in self.redemptions._queue(company)[:1]:
            before = self.case.movements._capital(company)
            try:
                one._decide(self.today)
            except UserError:
                assert before[0] - one.amount * 100 < self.floor(before[2])
            else:
                after = self.case.movements._capital(company)
                assert after[0] >= self.floor(after[2])
        self.redeemed("decided")[:1].filtered(lambda one: one.id % 2).action_pay()

    def redeemed(self, *states):
        return self.redemptions.search(
            [("company_id", "=", self.case.company.id), ("state", "in", states)]
        )

    @property
    def redemptions(self):
        return self.env["tierslieux.share.redemption"]

    def floor(self, highest):
        return floor(highest, "1/4")

    @invariant()
    def register_capital_and_bank_agree(self):
        if not hasattr(self, "savepoint"):
            return
        company = self.case.company
        register = self.env["tierslieux.share.register"]._of(company)
        assert register._disagreements() == []
        held = self.case.movements._holdings(company)
        assert all(shares > 0 for shares in held.values())
        assert held == self.owned()
        for issue in self.env["tierslieux.share.issue"].search([]):
            assert issue.allotted_shares <= issue.maximum_shares
        capital = 100 * sum(held.values())
        self.highest = max(self.highest, capital)
        assert 4 * capital >= self.highest, "the floor is broken"
        self.books_agree(capital)

    def owned(self):
        """Shares of each, from what was allotted, redeemed and passed on: none twice,
        none of nobody."""
        owned = Counter(self.passed)
        for one in self.subscriptions("allotted"):
            owned[one.partner_id] += one.quantity
        for one in self.redeemed("decided", "paid"):
            owned[one.partner_id] -= one.quantity
        return {partner.id: shares for partner, shares in owned.items() if shares}

    def books_agree(self, capital):
        """The ledger itself: capital, what is owed to each, and the money of the lines
        of the bank less what was given back."""
        balances = Counter()
        for code, balance in self.case.balances().items():
            balances[code[0]] += balance
        assert -balances["1"] == capital
        open_lines = self.case.open_lines()
        # a line that is allotted and was undone would be owed to us: none is here
        assert round(sum(open_lines.values()), 2) == round(balances["4"], 2)
        assert all(amount < 0 for amount in open_lines.values())
        gone = self.env["tierslieux.share.posting"].search(
            [
                ("company_id", "=", self.case.company.id),
                ("kind", "in", ("refund", "payout")),
            ]
        )
        came = sum(self.lines.mapped("amount"))
        assert round(balances["5"] + sum(gone.mapped("amount")) - came, 2) == 0

    @rule()
    def verify(self):
        rows = list(self.case.movements._export_rows(self.case.company))
        assert verification.verify(rows).problem is None


class TestTenYears(FonciereCommon):
    def test_ten_years(self):
        Decade.case = self
        self.addCleanup(setattr, Decade, "case", None)
        run_state_machine_as_test(
            Decade,
            settings=settings(
                max_examples=5,
                stateful_step_count=50,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
