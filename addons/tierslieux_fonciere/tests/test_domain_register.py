# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import doctest
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.tierslieux_fonciere.domain import (
    allotment,
    chain,
    creditor_reference,
    holdings,
    verification,
)

from .common_domain import movement, sealed, unhurried

PEOPLE = st.one_of(st.none(), st.integers(1, 4))
DAYS = st.integers(1, 28).map(lambda day: f"2026-02-{day:02d}")


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(chain))
    tests.addTests(doctest.DocTestSuite(creditor_reference))
    return tests


@st.composite
def registers(draw):
    """Movements that a register takes: nobody gives what they have not."""
    rows = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        giver, receiver = draw(PEOPLE), draw(PEOPLE)
        day = draw(DAYS)
        shares = draw(st.integers(1, 9))
        if giver == receiver:
            giver, receiver = None, 1
        if giver and holdings.lowest_from(rows, giver, day) < shares:
            giver, receiver = None, giver
        rows.append(movement(number, giver, receiver, shares, day))
    return sealed(rows)


class TestHoldings(BaseCase):
    def test_effective_is_not_recorded(self):
        rows = [
            movement(1, None, 1, 5, day="2026-01-10"),
            movement(2, 1, 2, 2, day="2026-01-20", recorded_at="2026-03-01T10:00:00"),
        ]
        self.assertEqual(holdings.holdings(rows, at="2026-01-15"), {1: 5})
        self.assertEqual(holdings.holdings(rows, at="2026-01-20"), {1: 3, 2: 2})
        self.assertEqual(
            holdings.holdings(rows, at="2026-02-01", known="2026-02-01T00:00:00"),
            {1: 5},
        )

    def test_a_payment_changes_no_hands(self):
        rows = [
            movement(1, None, 1, 5),
            movement(2, None, 1, 5, held=0, kind="payment"),
        ]
        self.assertEqual(holdings.holdings(rows), {1: 5})

    def test_what_was_given_later_cannot_be_given_before(self):
        rows = [
            movement(1, None, 1, 5, day="2026-01-01"),
            movement(2, 1, 2, 4, day="2026-03-01"),
        ]
        self.assertEqual(holdings.lowest_from(rows, 1, "2026-02-01"), 1)
        self.assertEqual(holdings.lowest_from(rows, 2, "2026-02-01"), 0)
        self.assertEqual(holdings.lowest_from(rows, 2, "2026-03-01"), 4)

    @unhurried
    @given(registers())
    def test_no_share_is_owned_twice(self, rows):
        for at in ("2026-02-10", None):
            shares = holdings.holdings(rows, at=at)
            counted = [one for one in rows if at is None or one["effective_on"] <= at]
            self.assertEqual(
                sum(shares.values()), sum(holdings.issued(one) for one in counted)
            )
            self.assertTrue(all(number > 0 for number in shares.values()))
        self.assertIsNone(holdings.first_overdraft(rows))


class TestVerification(BaseCase):
    @unhurried
    @given(registers(), st.data())
    def test_whatever_is_changed_is_named(self, rows, data):
        self.assertIsNone(verification.verify(rows).problem)
        at = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.sampled_from(chain.COLUMNS))
        rows[at] = {**rows[at], column: "x" if column != "number" else 99}
        problem = verification.verify(rows).problem
        self.assertEqual(problem.number, at + 1)

    @unhurried
    @given(registers(), st.data())
    def test_whatever_is_removed_is_named(self, rows, data):
        head = rows[-1]["digest"]
        at = data.draw(st.integers(0, len(rows) - 1))
        del rows[at]
        self.assertEqual(verification.verify(rows, head).problem.number, at + 1)

    def test_a_register_written_anew_is_found_by_a_digest_that_was_kept(self):
        rows = sealed([movement(1, None, 1, 5), movement(2, 1, 2, 5)])
        kept = rows[0]["digest"]
        forged = sealed([movement(1, None, 3, 5), movement(2, 3, 2, 5)])
        self.assertIsNone(verification.verify(forged).problem)
        self.assertIn("kept", verification.verify(forged, kept).problem.text)

    def test_what_follows_and_still_cannot_be(self):
        for wrong, rest in (
            (movement(2, 1, 2, 6), "its giver has not"),
            (movement(2, None, 1, 5, source_key="test/1"), "1 once more"),
            (movement(2, None, 1, 5, corrects=1), "not the opposite"),
            (movement(2, None, 1, 5, held=4), "another number"),
            (movement(2, None, 1, 5, kind="gift"), "no known kind"),
        ):
            with self.subTest(rest):
                rows = sealed([movement(1, None, 1, 5), wrong])
                problem = verification.verify(rows).problem
                self.assertEqual(problem.number, 2)
                self.assertIn(rest, problem.text)

    @unhurried
    @given(registers())
    def test_json_and_csv_say_the_same(self, rows):
        text = io.StringIO()
        columns = [*chain.COLUMNS, "previous", "digest"]
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows(
            {**row, "gratuitous": "true" if row["gratuitous"] else "false"}
            for row in rows
        )
        from_csv = verification.read("r.csv", text.getvalue().encode())
        from_json = verification.read(
            "r.json", json.dumps({"movements": rows}).encode()
        )
        self.assertEqual(from_csv, rows)
        self.assertEqual(from_json, rows)

    def test_what_is_no_register(self):
        for name, data in (
            ("r.json", b"[]"),
            ("r.json", b"{"),
            ("r.csv", b"number\n1\n"),
            ("r.csv", b"\xff\xfe"),
        ):
            with self.subTest(data), self.assertRaises(verification.FormatError):
                verification.read(name, data)


class TestAllotment(BaseCase):
    def test_reserve(self):
        self.assertEqual(allotment.reserve(3, 3), ("", 3))
        self.assertEqual(allotment.reserve(4, 3), ("sold_out", 3))
        self.assertEqual(allotment.reserve(3, 9, 5, 3), ("too_many_for_one", 2))
        self.assertEqual(allotment.reserve(2, 1, 5, 3), ("sold_out", 1))

    def test_receipt(self):
        for arguments, state in (
            (("reserved", 100, 99, 1, 0, True), "reserved"),
            (("reserved", 100, 100, 1, 0, True), "paid"),
            (("expired", 100, 100, 1, 1, True), "paid"),
            (("expired", 100, 100, 2, 1, True), "waiting"),
            (("expired", 100, 100, 1, 1, False), "expired"),
            (("waiting", 100, 100, 1, 1, True), "paid"),
            (("refused", 100, 100, 1, 9, True), "refused"),
            (("allotted", 100, 200, 1, 9, True), "allotted"),
        ):
            with self.subTest(arguments):
                self.assertEqual(allotment.receipt(*arguments), state)

    @unhurried
    @given(st.lists(st.integers(1, 9)), st.integers(0, 30))
    def test_nobody_of_the_waiting_list_is_overtaken(self, quantities, free):
        keys = allotment.promoted(list(enumerate(quantities)), free)
        self.assertEqual(keys, list(range(len(keys))))
        self.assertLessEqual(sum(quantities[: len(keys)]), free)
        if len(keys) < len(quantities):
            self.assertGreater(sum(quantities[: len(keys) + 1]), free)


class TestCreditorReference(BaseCase):
    @unhurried
    @given(st.text("0123456789", min_size=1, max_size=21))
    def test_one_digit_changed_is_noticed(self, body):
        reference = creditor_reference.make(body)
        self.assertTrue(creditor_reference.is_valid(reference))
        for at in range(4, len(reference)):
            other = "1" if reference[at] != "1" else "2"
            changed = reference[:at] + other + reference[at + 1 :]
            self.assertFalse(creditor_reference.is_valid(changed))

    @unhurried
    @given(st.integers(1, 10**12))
    def test_found_in_what_a_payer_wrote(self, number):
        reference = creditor_reference.make(str(number))
        for text in (
            f"VIR SEPA {reference}",
            f"parts {creditor_reference.printed(reference).lower()} merci Ada",
            f"/ROC/{reference}//",
        ):
            with self.subTest(text):
                self.assertIn(reference, creditor_reference.find(text))

    def test_nothing_else_is_taken_for_one(self):
        self.assertEqual(creditor_reference.find("RF 2026 loyer, RF99123"), [])
        with self.assertRaises(ValueError):
            creditor_reference.make("é")
