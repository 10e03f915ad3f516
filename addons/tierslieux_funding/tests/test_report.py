# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import copy
import io
import zipfile
from base64 import b64encode

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form
from odoo.tools import mute_logger

from .common_report import ReportCommon


class TestReport(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spend_year()
        cls.report = cls.create_report()

    def _actual(self, content):
        return {row["code"]: row["actual"] for row in content["table"] if row["actual"]}

    def _freeze(self, report=None):
        report = report or self.report
        report.with_user(self.treasurer).action_freeze()
        return report

    def _failed(self, report=None):
        content = (report or self.report)._content()
        return {one["code"] for one in content["controls"] if not one["passed"]}

    def _receipts(self, expense):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", expense.move_id.id)]
        )

    def assertRefused(self, code, report=None):
        """The control fails and the report is not drawn up, with its sentence."""
        report = report or self.report
        content = report.with_context(lang=report._language())._content()
        control = next(one for one in content["controls"] if one["code"] == code)
        self.assertFalse(control["passed"], code)
        with self.assertRaises(UserError) as refusal:
            report.action_freeze()
        self.assertIn(control["sentence"], str(refusal.exception))
        self.assertFalse(report.frozen_on)

    # Figures

    def test_table(self):
        """Actual: the cost of the actions; income that pays for it; the rest is one's
        own."""
        self.assertEqual(
            self._actual(self.report._content()),
            {
                "60": 850_55,
                "60b": 850_55,
                "61": 1500_00,
                "61a": 1500_00,
                "62": 399_99,
                "62a": 300_00,
                "62c": 99_99,
                "70": 300_00,
                "74": 2090_99,
                "74e": 2040_44,
                "74c": 50_55,
                "own": 359_55,
                "86": 420_50,
                "864": 420_50,
                "87": 420_50,
                "870": 420_50,
            },
        )

    def test_planned(self):
        """Planned: the costs of the plan; its sources, of which the agreements are a
        part."""
        self.amend(amount=3000)
        rows = {row["code"]: row for row in self.report._content()["table"]}
        planned = {code: row["planned"] for code, row in rows.items() if row["planned"]}
        self.assertEqual(
            planned,
            {
                "60": 1200_00,
                "60a": 1200_00,
                "61": 2000_00,
                "61a": 2000_00,
                "62": 1800_00,
                "62a": 1000_00,
                "62c": 800_00,
                "70": 1000_00,
                "74": 4000_00,
                "74e": 3000_00,
                "74c": 1000_00,
            },
        )

    def test_whole_euros_sum(self):
        rows = self.report._content()["table"]
        for row in rows:
            below = [one for one in rows if one["parent"] == row["code"]]
            if below and not row["own_actual"]:
                self.assertEqual(
                    row["actual_euros"], sum(one["actual_euros"] for one in below)
                )

    def test_volunteering_is_beside(self):
        """Class 8 changes no total of money."""
        before = self.report._content()["totals"]
        self.post_analytic(
            "2026-10-01", "864000", "875000", 1000, journal=self.off_balance
        )
        after = self.report._content()["totals"]
        self.assertEqual(before["charge"], after["charge"])
        self.assertEqual(before["product"], after["product"])
        self.assertEqual(after["in_kind_charge"]["actual"], 1420_50)

    def test_award_is_no_income_of_its_own(self):
        """The entry of an award is on the books; the report counts what is due."""
        before = self._actual(self.report._content())
        self.agreement._post_award(self.agreement.date_from)
        self.assertTrue(self.agreement.posting_ids)
        self.assertEqual(self._actual(self.report._content()), before)

    def test_entries_after_the_cut_off(self):
        self.report.posted_until = "2026-05-31"
        actual = self._actual(self.report._content())
        self.assertEqual(actual["60b"], 850_55)
        self.assertNotIn("62c", actual)

    def test_period_of_a_longer_agreement(self):
        """What is due of a period is what is due until its end less what was before."""
        self.amend(date_to="2027-12-31")
        later = self.spend(333.33, date="2027-02-01", ref="F-9")
        self.allocate(later, 266.66, base=333.33)
        report = self.create_report(
            date_from="2027-01-01", date_to="2027-12-31", posted_until="2028-01-31"
        )
        grant = report._content()["grant"]
        self.assertEqual(grant["earlier"], 2040_44)
        self.assertEqual(grant["due"], (255055 + 33333) * 8 // 10 - 2040_44)

    def test_award_limits_what_is_due(self):
        self.amend(amount=1000)
        content = self.report._content()
        self.assertEqual(content["grant"]["due"], 1000_00)
        self.assertEqual(self._actual(content)["74e"], 1000_00)
        self.assertIn("due", self._failed())

    def test_flat_rate_of_indirect_costs(self):
        self.amend(indirect_rate=7)
        content = self.report._content()
        self.assertEqual(self._actual(content)["indirect_fixed"], 2550_55 * 7 // 100)
        self._freeze()

    # Controls, each with an error made for it

    def test_good_report_passes(self):
        self.assertFalse(
            {
                one["code"]
                for one in self.report._content()["controls"]
                if one["blocking"] and not one["passed"]
            }
        )
        self._freeze()
        self.assertEqual(self.report.state, "frozen")

    def test_expense_outside_the_agreement(self):
        self.amend(date_from="2026-04-01")
        self.assertRefused("period")

    def test_expense_without_receipt(self):
        self._receipts(self.rent).unlink()
        self.assertRefused("evidence")
        self.assertRefused("eligible")

    def test_expense_unpaid(self):
        self.amend(paid_required=True)
        self.assertRefused("paid")

    def test_expense_of_a_line_refused(self):
        self.amend(category_ids=[(6, 0, (self.line("60") | self.line("61")).ids)])
        self.assertRefused("allowed")

    def test_expense_unposted(self):
        self.cr.execute(
            "UPDATE tierslieux_funding_expense SET state = 'unposted' WHERE id = %s",
            self.rent.ids,
        )
        self.assertRefused("posted")

    def test_expense_without_action(self):
        self.cr.execute(
            "UPDATE tierslieux_funding_allocation SET action_id = NULL WHERE id = %s",
            self.rent.allocation_ids.ids,
        )
        self.assertRefused("action")

    def test_expense_twice(self):
        again = self.spend(1500, account="613200", date="2026-05-03", ref="F-8")
        self.allocate(again, 1200, base=1500)
        again.move_id.ref = "F-2"
        self.assertRefused("duplicate")

    def test_expense_credited(self):
        """A credit note takes away what was charged already."""
        reversal = self.rent.move_id._reverse_moves(
            [{"invoice_date": "2026-06-01", "date": "2026-06-01"}]
        )
        reversal.action_post()
        self.assertRefused("share")

    def test_planned_beyond_the_cost(self):
        """Agreements that exceed what was planned: told, and no reason to stop."""
        self.amend(amount=9000)
        content = self.report._content()
        [control] = [
            one for one in content["controls"] if one["code"] == "planned_balance"
        ]
        self.assertFalse(control["passed"] or control["blocking"])
        for amount in (5000_00, 10000_00):
            self.assertIn(self.report._money(amount), control["sentence"])
        self._freeze()

    def test_late(self):
        """Told the day after the deadline, not the day before."""
        deadline = self.report._deadline()
        self.clock.move_to(f"{deadline} 10:00")
        self.assertNotIn("deadline", self._failed())
        self.clock.move_to(f"{Date.add(deadline, days=1)} 10:00")
        self.assertIn("deadline", self._failed())
        self._freeze()

    def test_expense_without_line_of_the_form(self):
        """Shown to the funder or not, it is in no figure of the table."""
        self.rent.allocation_ids.category_id = False
        self.assertRefused("form_line")
        self.rent.allocation_ids.category_id = self.line("61a")
        self.assertNotIn("form_line", self._failed())
        self.unclaimed.part_ids.category_id = False
        self.assertRefused("form_line")

    def test_key_that_is_not_whole(self):
        """A part of a key that was tampered with: the rest is nobody's."""
        content = self.report._content()
        content["keys"] = [
            {"name": "Loyer", "parts": [{"share": 40_000}, {"share": 59_999}]}
        ]
        found = {one["code"]: one for one in self.report._content_controls(content)}
        self.assertFalse(found["key"]["passed"])
        self.assertIn("Loyer", found["key"]["sentence"])

    def test_charged_beyond_the_expense(self):
        """The database refuses it; a charge it did not see is found by the control."""
        self.cr.execute(
            "UPDATE tierslieux_funding_expense SET refunded = 500.01 WHERE id = %s",
            self.rent.ids,
        )
        self.rent.invalidate_recordset()
        self.assertRefused("share")

    def test_cap(self):
        self.amend(cap_ids=[(0, 0, {"category_id": self.line("61").id, "amount": 900})])
        self.assertRefused("caps")

    def test_over_funding(self):
        """Income beyond the cost of the actions: own resources cannot be negative."""
        self.post_analytic("2026-07-02", "706000", "411100", -500)
        content = self.report._content()
        self.assertEqual(content["grant"]["over_funding"], 500_00 - 359_55)
        self.assertRefused("over_funding")
        self.assertRefused("balance")

    def test_received_beyond_the_award(self):
        tranche = self.env["tierslieux.funding.tranche"].create(
            {
                "agreement_id": self.create_agreement("Neuve").id,
                "name": "Solde",
                "kind": "balance",
            }
        )
        report = self.create_report(agreement_id=tranche.agreement_id.id)
        tranche.agreement_id.line_id = self.commune_line
        tranche.received_amount = 10001
        self.assertIn("received", self._failed(report))

    def test_in_kind_on_one_side(self):
        move = self.post_analytic(
            "2026-08-02", "861000", "871000", 10, journal=self.off_balance
        )
        move.line_ids.filtered(
            lambda line: line.account_id.code == "871000"
        ).analytic_distribution = False
        self.assertRefused("in_kind_balance")

    def test_variance_unexplained(self):
        self.report.text_variances = False
        self.assertRefused("variances")

    def test_what_is_only_noted(self):
        """Texts and annexes that are missing are told, and do not stop a report."""
        self.report.text_public = False
        self.assertLessEqual({"texts", "annexes", "consumed"}, self._failed())
        self._freeze()
        self.add_annexes()
        report = self.create_report()
        self.assertFalse(self._failed(report) & {"texts", "annexes"})

    def test_figures_beside_the_ledger(self):
        """A content whose line was tampered with does not agree with the ledger."""
        content = self.report._content()
        wrong = copy.deepcopy(content)
        wrong["expenses"][0]["cost"] += 1
        found = {one["code"]: one for one in self.report._content_controls(wrong)}
        self.assertFalse(found["lines"]["passed"])
        for row in wrong["table"]:
            if row["code"] == wrong["expenses"][0]["line"]:
                row["own_actual"] += 1
        found = {one["code"]: one for one in self.report._content_controls(wrong)}
        self.assertTrue(found["lines"]["passed"])
        self.assertFalse(found["ledger"]["passed"])

    # Frozen, signed, corrected

    def test_frozen_is_fixed(self):
        self._freeze()
        self.assertEqual(self.report.digest, self.report._digest(self.report.content))
        self.assertEqual(self.report.user_id, self.treasurer)
        for change in (
            "UPDATE tierslieux_funding_report SET digest = 'x' WHERE id = %s",
            "UPDATE tierslieux_funding_report SET text_action = 'x' WHERE id = %s",
            "DELETE FROM tierslieux_funding_report WHERE id = %s",
            "UPDATE tierslieux_funding_allocation SET base = base WHERE agreement_id = "
            "(SELECT agreement_id FROM tierslieux_funding_report WHERE id = %s)",
        ):
            with (
                self.subTest(change=change),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.cr.execute(change, (self.report.id,))

    def test_frozen_stays_as_it_was(self):
        """What is posted later changes nothing of it."""
        self._freeze()
        before = self.report.content
        self.spend(77, ref="F-77")
        self.report.invalidate_recordset()
        self.assertEqual(self.report.content, before)
        with self.assertRaises(UserError):
            self.report.action_freeze()

    def test_a_report_answers_for_the_exercises_it_holds(self):
        requirement = self.agreement.requirement_ids.filtered(
            lambda one: one.kind == "financial_report"
        )
        requirement.period_to = "2026-06-30"
        other = requirement.copy({"period_to": "2027-12-31", "done_on": False})
        self._freeze()
        self.report._sign("Camille Roy", "présidente", "Lyon", "2027-02-01")
        self.assertTrue(requirement.done_on)
        self.assertFalse(other.done_on)

    def test_signature(self):
        with self.assertRaises(UserError):
            self.report._sign("Camille Roy", "présidente", "Lyon", "2027-02-01")
        self._freeze()
        requirement = self.agreement.requirement_ids.filtered(
            lambda one: one.kind == "financial_report"
        )
        self.assertEqual(requirement.period_to, self.report.date_to)
        wizard = Form(
            self.env["tierslieux.funding.report.sign"]
            .with_user(self.treasurer)
            .with_context(default_report_id=self.report.id)
        )
        wizard.name, wizard.quality, wizard.place = "Camille Roy", "présidente", "Lyon"
        wizard.save().action_sign()
        self.assertEqual(self.report.state, "signed")
        self.assertTrue(requirement.done_on)
        signature = self.report.signature_ids
        self.assertEqual(signature.digest, self.report.digest)
        self.assertTrue(signature.pdf)
        with self.assertRaises(UserError):
            self.report._sign("Autre", "trésorière", "Lyon", "2027-02-02")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute("UPDATE tierslieux_funding_report_signature SET name = 'x'")

    def test_states_are_found(self):
        draft = self.create_report()
        self._freeze()
        search = self.env["tierslieux.funding.report"].search
        mine = [("agreement_id", "=", self.agreement.id)]
        self.assertEqual(search([*mine, ("state", "=", "draft")]), draft)
        self.assertEqual(search([*mine, ("state", "=", "frozen")]), self.report)
        self.assertFalse(search([*mine, ("state", "=", "signed")]))
        self.report._sign("Camille Roy", "présidente", "Lyon", "2027-02-01")
        self.assertEqual(search([*mine, ("state", "=", "signed")]), self.report)

    def test_correction(self):
        """Another version, with its reason and what it changes; the first stays."""
        self._freeze()
        first = self.report.content
        allocation = self.rent.allocation_ids
        allocation._cancel("Facture d’un autre projet")
        late = self.spend(50, ref="F-50", date="2026-11-02")
        self.allocate(late, 40, base=50)
        second = self.report._correct("La facture F-2 était d’un autre projet.")
        self.assertEqual((second.version, second.previous_id), (2, self.report))
        second.text_observations = "Voir la correction."
        self._freeze(second)
        changes = second.content["changes"]
        self.assertEqual(self.report.content, first)
        self.assertEqual(second.content["replaces"], self.report.digest)
        self.assertIn(
            {
                "code": "60b",
                "name": changes["table"][1]["name"],
                "column": "actual",
                "before": 850_55,
                "after": 900_55,
            },
            changes["table"],
        )
        shown = {
            change["line"]["entry"]: (
                change["before"] and change["before"]["base"],
                change["after"] and change["after"]["base"],
            )
            for change in changes["expenses"]
        }
        self.assertEqual(
            shown,
            {
                self.rent.move_name: (1500_00, 0),
                late.move_name: (None, 50_00),
            },
        )
        self.assertEqual(len(changes["texts"]), 1)
        with self.assertRaises(UserError):
            self.report._correct("Encore")
        with self.assertRaises(UserError):
            self.create_report()._correct("Un brouillon")

    def test_board_reads_only(self):
        self._freeze()
        report = self.report.with_user(self.board)
        self.assertTrue(report.content)
        with self.assertRaises(AccessError):
            report.action_correct()
            report._correct("Non")

    def test_queries_do_not_grow_with_the_lines(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines = len(self.report._content()["expenses"])
            return lines, self.cr.sql_log_count - before

        queries()
        few, expected = queries()
        for line in self.spend(*range(10, 22), ref="F-9"):
            self.allocate(line, line.amount / 2, base=line.amount)
        queries()
        many, found = queries()
        self.assertEqual(many, few + 12)
        self.assertLessEqual(found, expected)

    # Files

    def test_evidence_is_deterministic(self):
        self.add_annexes()
        self._freeze()
        archive = self.report._evidence().read()
        self.assertEqual(archive, self.report._evidence().read())
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            self.assertIsNone(files.testzip())
            names = files.namelist()
            sums = files.read("SHA256SUMS").decode()
            index = files.read("index.csv").decode("utf-8-sig").splitlines()
        self.assertEqual(
            names,
            [
                "index.csv",
                "SHA256SUMS",
                "justificatifs/J001 facture.pdf",
                "justificatifs/J002 facture.pdf",
                "justificatifs/J003 facture.pdf",
                "annexes/A01 report.pdf",
                "annexes/A02 accounts.pdf",
            ],
        )
        for annex in self.report.content["annexes"]:
            self.assertIn(annex["sha256"], sums)
        # two lines of one bill, then one line of each of the others, then the annexes
        self.assertEqual(len(index), 1 + 4 + 2)

    def _income_and_gifts(self):
        """A sale with its invoice, two gifts in kind with letters of their givers."""
        sale = self.post_analytic("2026-07-02", "706000", "411100", -50)
        self.env["ir.attachment"].create(
            {
                "name": "vente.pdf",
                "raw": b"%PDF-1.4 vente",
                "res_model": "account.move",
                "res_id": sale.id,
            }
        )
        gifts = self.env["tierslieux.in.kind"].create(
            [
                {
                    "name": name,
                    "partner_id": self.funder.id,
                    "date": day,
                    "action_id": self.action.id,
                    "value": 100,
                    "valuation": "Tarif public",
                    "evidence": b64encode(b"%PDF-1.4 " + name.encode()),
                    "evidence_name": f"letter-{name}.pdf",
                }
                for name, day in (("Salle", "2026-05-04"), ("Cour", "2026-06-04"))
            ]
        )
        gifts.action_confirm()
        self.env["tierslieux.funding.posting"]._post_contributions(
            self.company, Date.to_date("2026-12-31"), Date.to_date("2026-12-31")
        )
        return gifts

    def test_income_and_gifts_keep_their_receipts(self):
        """A funder reads the figures of what others brought, not their documents."""
        self._income_and_gifts()
        self._freeze()
        content = self.report.content
        [sold] = [line for line in content["products"] if line["cost"] == 50_00]
        self.assertEqual((sold["held"], "receipts" in sold), (1, False))
        given = [line for line in content["in_kind"] if line["held"]]
        self.assertEqual(len(given), 4)
        self.assertFalse(
            [one for one in content["annexes"] if one["products"] or one["in_kind"]]
        )
        with zipfile.ZipFile(io.BytesIO(self.report._evidence().read())) as files:
            names = " ".join(files.namelist())
        self.assertNotIn("vente", names)
        self.assertNotIn("letter", names)

    def test_income_and_gifts_have_their_receipts(self):
        """Where the agreement counts on them, a sale leads to its invoice, a gift in
        kind to the letter of its giver."""
        self.amend(income_evidence=True, in_kind_counts=True, amount=2100)
        gifts = self._income_and_gifts()
        self._freeze()
        content = self.report.content
        [sold] = [line for line in content["products"] if line["cost"] == 50_00]
        self.assertEqual([one["name"] for one in sold["receipts"]], ["vente.pdf"])
        for gift in gifts:
            day = f"{gift.date:%Y-%m}"
            lines = [one for one in content["in_kind"] if one["date"][:7] == day]
            self.assertEqual({one["line"] for one in lines}, {"861", "871"})
            for line in lines:
                [receipt] = line["receipts"]
                kept = self.report._kept_document(receipt["number"])
                self.assertEqual(kept.raw, b"%PDF-1.4 " + gift.name.encode())
        numbers = [line["number"] for line in content["products"]]
        self.assertEqual(numbers, [*range(1, len(numbers) + 1)])
        with zipfile.ZipFile(io.BytesIO(self.report._evidence().read())) as files:
            index = files.read("index.csv").decode("utf-8-sig").splitlines()
            self.assertEqual(len(files.namelist()), 2 + 6)
        # the sale once, each gift on both sides of class 8
        self.assertEqual(sum("vente.pdf" in line for line in index), 1)
        self.assertEqual(sum("letter-" in line for line in index), 4)
        # an income of another day leads to nothing
        self.assertFalse(
            [
                line
                for line in content["products"]
                if line["cost"] == 300_00 and line["receipts"]
            ]
        )

    def test_persons_are_initials(self):
        """Natural persons among the others are initials, and what was written about
        them is the name of the account; whose invoice is shown is named."""
        person, patron = self.env["res.partner"].create(
            [{"name": "Dominique Particulier"}, {"name": "Claude Mécène"}]
        )
        vendor = self.vendor
        sale = self.post_analytic("2026-07-02", "756100", "411100", -50)
        sale.line_ids.name = "Cotisation de Dominique Particulier"
        sale.with_context(skip_readonly_check=True).partner_id = person
        gift = self.create_agreement(
            "Don de Claude Mécène",
            funder_id=patron.id,
            line_id=self.line("75").id,
            amount=100,
        )
        self.sign(gift)
        type(self).vendor = person
        self.addCleanup(setattr, type(self), "vendor", vendor)
        shown = self.spend(10, ref="D-1")
        self.allocate(shown, 8, base=10)
        self.spend(20, ref="Particulier-2")
        self.allocate(self.unclaimed, 10, agreement=gift)
        content = self.report._content()
        [dues] = [one for one in content["products"] if one["cost"] == 50_00]
        self.assertEqual(
            (dues["partner"], dues["label"], dues["entry"]),
            ("D. P.", self.accounts["756100"].name, sale.name),
        )
        [given] = [one for one in content["products"] if one["cost"] == 10_00]
        self.assertEqual(
            (given["partner"], given["label"]), ("C. M.", gift.source_id.name)
        )
        lines = {one["cost"]: one for one in content["expenses"]}
        self.assertEqual(lines[10_00]["vendor"], "Dominique Particulier")
        self.assertEqual(lines[10_00]["reference"], "D-1")
        self.assertEqual(lines[20_00]["vendor"], "D. P.")
        self.assertEqual(lines[20_00]["reference"], "")
        self.assertEqual(lines[99_99]["vendor"], "Imprimerie d’essai")
        for line in (*content["products"], *content["expenses"]):
            self.assertFalse(line.keys() & {"person", "account_id"})

    def test_evidence_stays(self):
        """A receipt deleted from its entry is in the report still."""
        self._freeze()
        before = self.report._evidence().read()
        self._receipts(self.rent).unlink()
        self.assertEqual(self.report._evidence().read(), before)
