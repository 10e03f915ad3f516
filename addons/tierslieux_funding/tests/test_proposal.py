# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Command

from .common_expense import ExpenseCommon


class TestProposal(ExpenseCommon):
    def propose(self, asked, expenses=None):
        """A proposal for ``{agreement: amount asked}``."""
        proposal = (
            self.env["tierslieux.funding.proposal"]
            .with_user(self.treasurer)
            .create(
                {
                    "expense_ids": [Command.set(expenses.ids)] if expenses else [],
                    "agreement_ids": [
                        Command.create({"agreement_id": agreement.id, "asked": amount})
                        for agreement, amount in asked.items()
                    ],
                }
            )
        )
        proposal.action_propose()
        return proposal

    def signed(self, name, **values):
        agreement = self.create_agreement(name, **values)
        self.sign(agreement)
        return agreement

    def test_all_that_is_asked_is_reached_and_applied(self):
        half = self.signed("Moitié", rate=50, amount=200)
        expenses = self.spend(100, 300)
        proposal = self.propose({half: 200, self.agreement: 150})
        self.assertFalse(proposal.conflict)
        lines = {line.agreement_id: line for line in proposal.agreement_ids}
        self.assertEqual((lines[half].proposed, lines[half].due_after), (200, 200))
        self.assertEqual(lines[self.agreement].proposed, 150)
        action = proposal.action_apply()
        self.assertEqual(sum(expenses.mapped("charged")), 350)
        made = self.env["tierslieux.funding.allocation"].search(action["domain"])
        self.assertEqual(sum(made.mapped("amount")), 350)
        self.assertEqual(half.charged_amount, 200)

    def test_the_rules_in_the_way_are_named_with_figures(self):
        self.spend(1000, account="641100")
        self.spend(300)
        capped = self.signed(
            "Plafonnée",
            cap_ids=[
                Command.create(
                    {
                        "category_id": self.env.ref(
                            "tierslieux_funding.category_64"
                        ).id,
                        "amount": 400,
                    }
                )
            ],
        )
        proposal = self.propose({capped: 1000})
        self.assertEqual(sum(proposal.line_ids.mapped("amount")), 700)
        self.assertRegex(proposal.conflict, r"700.00.*of the .*1.000.00.* asked")
        self.assertRegex(proposal.conflict, "the cap of .*64.* leaves 400")
        self.assertRegex(
            proposal.conflict, r"the expenses .* \(1\) are charged to it in full: 300"
        )

    def test_rate_in_the_way(self):
        self.spend(1000)
        half = self.signed("Moitié", rate=50)
        proposal = self.propose({half: 800})
        self.assertRegex(
            proposal.conflict, r"at the rate of 50 %, the expenses .* \(1\) give"
        )

    def test_each_refusal_has_its_reason_and_its_expenses(self):
        late = self.spend(10, date="2027-01-10")
        bare = self.spend(20, receipt=False)
        self.spend(30, ref="A1")
        twice = self.spend(30, ref="A1")
        elsewhere = self.spend(40, action=None)
        proposal = self.propose({self.agreement: 100}, late | bare | twice | elsewhere)
        refused = {one.reason: one.expense_ids for one in proposal.refusal_ids}
        self.assertEqual(
            refused,
            {
                "dated after the period": late,
                "no receipt is attached": bare,
                "maybe a duplicate": twice,
                "no action of the agreement bears it": elsewhere,
            },
        )
        self.assertRegex(proposal.conflict, "No expense may be charged")
        with self.assertRaises(UserError):
            proposal.action_apply()

    def test_without_a_choice_other_years_are_not_told(self):
        self.spend(10, date="2025-01-10")
        bare = self.spend(20, receipt=False)
        proposal = self.propose({self.agreement: 10})
        self.assertEqual(proposal.refusal_ids.expense_ids, bare)

    def test_whole_or_not_at_all(self):
        first, second = self.spend(100, 100)
        proposal = self.propose({self.agreement: 200})
        other = self.signed("Autre")
        self.allocate(second, 1, other)
        with (
            self.assertRaisesRegex(UserError, "is left to charge"),
            self.cr.savepoint(),
        ):
            proposal.action_apply()
        self.assertEqual((first.charged, second.charged), (0, 1))
        proposal.action_propose()
        proposal.action_apply()
        self.assertEqual((first.left, second.left), (0, 0))

    def test_no_more_than_the_award_is_asked(self):
        with self.assertRaisesRegex(UserError, "is left of the award"):
            self.propose({self.agreement: 10001})

    def test_from_the_list_of_expenses(self):
        expense = self.spend(100)
        proposal = (
            self.env["tierslieux.funding.proposal"]
            .with_context(
                active_model="tierslieux.funding.expense", active_ids=expense.ids
            )
            .create({})
        )
        self.assertEqual(proposal.expense_ids, expense)
        proposal = (
            self.env["tierslieux.funding.proposal"]
            .with_context(
                active_model="tierslieux.funding.agreement",
                active_ids=self.agreement.ids,
            )
            .create({})
        )
        self.assertEqual(proposal.agreement_ids.asked, 10000)

    def test_queries_do_not_grow_with_the_expenses(self):
        def queries(count):
            expenses = self.spend(*[10] * count)
            proposal = self.propose({self.agreement: count}, expenses)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            proposal.action_propose()
            proposal.action_apply()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(20), queries(60))
