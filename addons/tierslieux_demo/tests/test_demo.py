# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_demo.domain import people, venues

from .first_pages import FirstPages
from .guessed import GuessedNumbers
from .ledger import LedgerChecks

INTERNAL = {"treasurer", "board", "administrator"}
VENUES = 20
PEOPLE = 60
MONTHS = 3


@tagged("post_install", "-at_install")
class TestDemo(LedgerChecks, GuessedNumbers, FirstPages, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tz": "Europe/Paris"})
        cls.letters_before = cls.env["mail.mail"].search([])
        cls.people_before = cls.env["tierslieux.profile"].search([])
        cls.members_before = cls.env["tierslieux.membership"].search([])
        cls.env["tierslieux.demo"].load(VENUES, PEOPLE, MONTHS, commit=False)
        cls.venues = cls.env["tierslieux.venue"].search([])
        cls.people = cls.env["tierslieux.profile"].search([]) - cls.people_before

    def test_counts(self):
        self.assertEqual(
            Counter(venue.category_id.code for venue in self.venues),
            {kind: n for kind, n in venues.categories(VENUES).items() if n},
        )
        self.assertEqual(
            sum(self.venues.mapped("surface")), venues.total_surface(VENUES)
        )
        self.assertEqual(len(self.people), PEOPLE)

    def test_venues_are_complete(self):
        for venue in self.venues:
            self.assertTrue(venue.image_1920 and venue.image_128)
            self.assertTrue(venue.structure_id.company_registry)
            self.assertTrue(venue.partner_latitude and venue.partner_longitude)
            self.assertEqual(venue.commune_id.name, venue.city)
            self.assertEqual(bool(venue.opening_hours), venue.state == "open")

    def test_a_second_load_is_refused(self):
        with self.assertRaisesRegex(UserError, "venues already"):
            self.env["tierslieux.demo"].load(venues=8, people=12, commit=False)

    def test_hidden_people_are_found_by_nobody(self):
        hidden = self.people.filtered(lambda p: p.visibility_name == "nobody")
        self.assertTrue(hidden)
        self.assertFalse(any(p.public_text or p.network_text for p in hidden))
        self.assertTrue(any(self.people.mapped("public_text")))

    def test_members_of_each_standing(self):
        members = self.env["tierslieux.membership"].search(
            [("partner_id", "in", self._partners().ids)]
        )
        states = set(members.mapped("state"))
        self.assertLessEqual({"member", "excluded", "refused"}, states)
        organisations = members.filtered(lambda m: m.is_company and m.on_roll)
        self.assertTrue(all(organisations.mapped("delegate_id")))

    def test_invoices_are_posted_and_paid(self):
        members = self.env["tierslieux.membership"].search(
            [("partner_id", "in", self._partners().ids)]
        )
        invoices = members.line_ids.account_invoice_id
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        paid = invoices.filtered(lambda move: move.payment_state == "paid")
        self.assertTrue(paid)
        self.assertTrue(all(not move.amount_residual for move in paid))
        for membership in members:
            owed = sum(membership._open_invoices().mapped("amount_residual"))
            self.assertEqual(membership.amount_due, owed)

    def test_fees_are_fees_in_the_accounts(self):
        self.assertEqual(self.env.company.chart_template, "fr_asso")
        # those of companies and public bodies too
        members = self.env["tierslieux.membership"].search([]) - self.members_before
        lines = members.line_ids.account_invoice_id.invoice_line_ids
        self.assertEqual(set(lines.account_id.mapped("code")), {"756100"})
        self.assertFalse(lines.tax_ids)
        report = self.env.ref("l10n_fr_association_mis_builder.report_income")
        aep = report._prepare_aep(self.env.company)
        dates = lines.mapped("date")
        values = report.evaluate(aep, min(dates), max(dates))
        fees = sum(lines.mapped("price_subtotal"))
        self.assertAlmostEqual(values["fees"], fees)

    def test_the_mark_shows_each_state_and_each_step(self):
        licences = self.env["tierslieux.brand.licence"].search([])
        self.assertLessEqual(
            {"valid", "suspended", "withdrawn", "expired"},
            set(licences.mapped("state")),
        )
        self.assertEqual(len(licences.rules_id), 2, "a renewal pins the new version")
        applications = self.env["tierslieux.brand.application"].search([])
        self.assertEqual(
            set(applications.mapped("state")),
            {"draft", "submitted", "review", "committee", "refused", "granted"},
        )
        for application in applications:
            self.assertTrue(all(passed for _code, passed, _ in application.gates or []))
        progress = applications.filtered("target_ids")._progress()
        self.assertTrue(all(progress["radar"][of] for of in ("before", "target")))
        self.assertTrue(any(row["late"] for row in progress["rows"]))

    def test_dues_were_called(self):
        today = fields.Date.today()
        campaigns = self.env["tierslieux.renewal.campaign"].search([], order="date")
        called = campaigns[0].call_ids
        self.assertTrue(called)
        self.assertEqual(campaigns[0].date, today.replace(month=1, day=1))
        self.assertFalse(any(called.mapped("error")))
        for call in called:
            self.assertEqual(call.date_from, campaigns[0].date)
            if call.move_id:
                self.assertEqual(call.amount, call.move_id.amount_total)
        unpaid = called.filtered(lambda call: call.state == "invoiced")
        reminded = (today - campaigns[0].date).days // 30
        self.assertTrue(
            all(call.reminder_count == min(reminded, 2) for call in unpaid)
        )
        letters = self.env["mail.mail"].search_count([])
        campaigns._cron_remind()
        self.assertEqual(self.env["mail.mail"].search_count([]), letters)
        if today.month >= 10:
            self.assertEqual(campaigns[1].state, "prepared")
            self.assertTrue(campaigns[1].call_ids)

    def test_the_desk_of_a_venue_lives(self):
        taps = self.env["tierslieux.visit.tap"].search([])
        outcomes = set(taps.mapped("outcome"))
        self.assertIn("refused", outcomes)
        # the first morning after a holiday there is nobody yet
        self.assertIn(outcomes - {"refused"}, ({"in", "out"}, {"in"}, set()))
        venue = taps.venue_id
        self.assertEqual(len(venue), 1)
        self.assertIn("gestion", venue.manager_ids.mapped("login"))
        present = self.env["tierslieux.presence"].search([])
        self.assertEqual(present.venue_id, venue.filtered(lambda _venue: present))
        requests = self.env["tierslieux.visit.request"].search([], order="id")
        self.assertEqual(
            requests.mapped("state"), ["asked", "accepted", "refused"][: len(requests)]
        )

    def test_files_of_the_census_were_checked(self):
        refused, ready = self.env["tierslieux.census.import"].search([], order="id")
        self.assertEqual((refused.state, refused.error_count), ("refused", 1))
        self.assertIn("6900", refused.report_html)
        self.assertEqual(
            (ready.state, ready.update_count, ready.create_count), ("checked", 1, 0)
        )

    def test_closed_months_agree_to_the_cent(self):
        closes = self.env["tierslieux.pass.close"].search([])
        self.assertEqual(closes.mapped("state"), ["closed"] * MONTHS)
        self.assertEqual(
            closes[0].month,
            fields.Date.today().replace(day=1) - relativedelta(months=1),
        )
        for close in closes:
            settled = close.settlement_ids
            rated = sum(close.rated_line_ids.mapped("amount_cents"))
            # no correction yet: all that is billed is settled
            self.assertEqual(rated, sum(settled.mapped("in_cents")))
            self.assertEqual(rated, sum(settled.mapped("out_cents")))
            invoices = close._moves("out_invoice")
            self.assertEqual(rated, self._cents(invoices.mapped("amount_untaxed")))
            income = invoices.line_ids.filtered(
                lambda line: line.account_id.code.startswith("706")
            )
            self.assertEqual(rated, -self._cents(income.mapped("balance")))
            aside = sum(
                settled.mapped(
                    lambda one: one.reserve_left_cents + one.common_fund_cents
                )
            )
            due = sum(close.statement_ids.mapped("due_cents"))
            fee = sum(settled.mapped("fee_cents"))
            self.assertEqual(rated, due + aside + fee)
            posted = self.env["account.move.line"].search(
                [
                    ("move_id.pass_close_id", "=", close.id),
                    ("account_id.code", "=like", "604%"),
                ]
            )
            self.assertEqual(due, self._cents(posted.mapped("balance")))

    def test_some_venues_are_held_and_say_why(self):
        close = self.env["tierslieux.pass.close"].search([], limit=1)
        held = close.statement_ids.filtered("held")
        self.assertTrue(0 < len(held) < len(close.statement_ids) / 2)
        self.assertEqual(
            set(close._moves("in_invoice").mapped("source_key")),
            {
                one._source_key()
                for one in close.statement_ids - held
                if one.due_cents > 0
            },
        )

    def test_bank_files_of_the_closed_months(self):
        last, *earlier = self.env["tierslieux.pass.close"].search([])
        for close in (last, *earlier):
            for order, amounts in (
                (
                    close.debit_order_id,
                    close._moves("out_invoice").mapped("amount_total"),
                ),
                (close.transfer_order_id, close.statement_ids.mapped("net_amount")),
            ):
                self.assertEqual(
                    self._cents(order.payment_line_ids.mapped("amount_currency")),
                    self._cents(amounts),
                )
                self.assertTrue(order.payment_file_id)
                self.assertEqual(
                    order.state, "generated" if close == last else "uploaded"
                )

    def test_what_venues_collected_is_deducted(self):
        closes = self.env["tierslieux.pass.close"].search([])
        self.assertTrue(any(closes.statement_ids.mapped("netted_amount")))

    def test_an_invoice_is_paid_online(self):
        """By a transfer, told where to, or by the card of no bank."""
        due = self.env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        stranger = self.env.ref("base.public_user")
        ways = self.env["payment.provider"].with_user(stranger).sudo()
        ways = ways._get_compatible_providers(
            due.company_id.id,
            due.partner_id.id,
            due.amount_residual,
            currency_id=due.currency_id.id,
        )
        self.assertEqual(set(ways.mapped("code")), {"custom", "demo"})
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )
        transfer = self.env.ref("payment.payment_provider_transfer")
        self.assertIn(bank.bank_account_id.acc_number, transfer.pending_msg)

    def test_bookings_are_invoiced(self):
        """Nothing is left for the first night."""
        bookings = self.env["tierslieux.booking"]
        self.assertFalse(bookings._billable(fields.Datetime.now()))
        moves = bookings.search([("billed_line_ids", "!=", False)]).move_id
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        month = fields.Date.today().replace(day=1)
        past = moves.filtered(lambda move: move.invoice_date < month)
        self.assertFalse(any(past.mapped("amount_residual")))

    def test_services_are_taxed_as_services(self):
        closes = self.env["tierslieux.pass.close"].search([])
        for kind in ("out_invoice", "in_invoice"):
            taxes = closes[0]._moves(kind).invoice_line_ids.tax_ids
            self.assertEqual(set(taxes.mapped("tax_scope")), {"service"})

    def _cents(self, amounts):
        return round(sum(amounts) * 100)

    def test_the_plan_of_the_study(self):
        study, current = self.env["tierslieux.funding.plan"].search(
            [], order="id desc", limit=2
        )[::-1]
        year_0 = study.phase_ids[0]
        self.assertEqual(year_0.planned_cost, 107_000)
        self.assertEqual(
            {share.source_id.code: share.amount for share in year_0.share_ids},
            {"grant": 49_220, "contributive": 4_280, "services": 53_500},
        )
        for plan in study | current:
            self.assertFalse(plan.problems)
            for phase in plan.phase_ids:
                self.assertAlmostEqual(
                    sum(phase.share_ids.mapped("amount")), phase.shared_cost
                )

    def test_agreements_of_each_state(self):
        treasurer = self.env["res.users"].search([("login", "=", "tresorerie")])
        agreements = self.env["tierslieux.funding.agreement"].search(
            [("user_id", "=", treasurer.id)]
        )
        self.assertEqual(
            Counter(agreements.mapped("state")),
            {"signed": 3, "notified": 1, "requested": 1, "probable": 1, "refused": 1},
        )
        for agreement in agreements.filtered("tranche_ids"):
            self.assertFalse(agreement.tranche_problem)
        funder = self.env["res.users"].search([("login", "=", "financeur")])
        own = agreements.filtered(
            lambda one: one.funder_id == funder.partner_id.commercial_partner_id
        )
        self.assertEqual(own.state, "signed")
        self.assertEqual(own.terms_id.number, 1)
        self.assertIn("financial_report", own.requirement_ids.mapped("kind"))

    def test_the_books_of_funding_agree(self):
        """The register, the accounts and the fonds dédiés say the same."""
        postings = self.env["tierslieux.funding.posting"].search([])
        self.assertGreater(len(postings), 10)
        self.assertFalse(postings._query_disagreements(self.env.company))
        closed = self.env["tierslieux.funding.dedicated"].search([])
        self.assertTrue(closed)
        lines = self.env["account.move.line"]._read_group(
            [
                ("parent_state", "=", "posted"),
                ("date", "<=", closed[0].date_to),
                ("account_id.code", "in", ("194000", "195000", "196000")),
            ],
            aggregates=["balance:sum"],
        )
        self.assertAlmostEqual(sum(closed.mapped("closing")), -lines[0][0])

    def test_a_funder_has_a_signed_report(self):
        """Its figures are those of the ledger; what changed since the first version is
        said; nothing of another funder is there."""
        funder = self.env["res.users"].search([("login", "=", "financeur")])
        reports = self.env["tierslieux.funding.report"].with_user(funder).search([])
        self.assertEqual(set(reports.mapped("state")), {"signed"})
        self.assertEqual(reports.funder_id, funder.partner_id.commercial_partner_id)
        report = reports.filtered(lambda one: not one.next_ids)
        content = report.content
        self.assertFalse(
            [
                one["sentence"]
                for one in content["controls"]
                if one["blocking"] and not one["passed"]
            ]
        )
        shown = [line for line in content["expenses"] if line["base"]]
        self.assertTrue(shown)
        self.assertTrue(all(line["receipts"] for line in shown))
        posted = self.env["account.move.line"].browse(
            {line["move_line"] for line in content["expenses"]}
        )
        self.assertEqual(set(posted.mapped("parent_state")), {"posted"})
        actions = report.sudo().agreement_id.action_ids.analytic_account_id.ids
        direct = posted.filtered(
            lambda line: {int(key) for key in line.analytic_distribution} & {*actions}
        )
        self.assertEqual(direct, posted)
        # a bill that was credited costs what is left of it
        credited = sum(
            {line["expense"]: line["refunded"] for line in content["expenses"]}.values()
        )
        self.assertEqual(
            content["totals"]["charge"]["actual"],
            self._cents(posted.mapped("balance")) - credited,
        )
        self.assertEqual(
            self.env["tierslieux.funding.report"]._digest(content), report.digest
        )
        if report.previous_id:
            self.assertTrue(content["changes"]["expenses"])
        drafts = self.env["tierslieux.funding.report"].search([]) - reports.sudo()
        self.assertEqual(set(drafts.mapped("state")), {"draft"})

    def test_nobody_is_written_to(self):
        self.assertEqual(self.env["mail.mail"].search([]), self.letters_before)

    def test_events_are_published(self):
        partners = self.venues.partner_id
        events = self.env["event.event"].search([("address_id", "in", partners.ids)])
        sessions = events.filtered("programme_id")
        self.assertEqual((len(events - sessions), len(sessions)), (12, 2))
        self.assertTrue(all(events.mapped("is_published")))

    def test_bookings_stand(self):
        """The constraint triggers of the database find nothing to say, nor do the
        opening hours; prices and statuses are those of the day."""
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        bookings = self.env["tierslieux.booking"].search([])
        self.assertEqual(
            set(bookings.mapped("state")), {"confirmed", "done", "no_show", "cancelled"}
        )
        self.assertFalse(bookings.filtered("letter"))
        self.assertTrue(all(one.vat_id for one in bookings))
        self.assertTrue(any(bookings.mapped("price")))
        # a training may open its venue earlier
        for booking in bookings.filtered(lambda one: one.purpose != "training"):
            bookable, times = booking.bookable_id, (booking.start, booking.stop)
            key = bookable._opening_key()
            opened = self.env["resource.calendar"]._opened({key}, *times)[key]
            self.assertEqual(opened, [times], booking.when)

    def test_bookings_of_pass_holders_are_visits(self):
        booked = self.env["tierslieux.booking"].search([("audience", "=", "pass")])
        self.assertTrue(booked)
        done = booked.filtered(lambda one: one.state == "done")
        self.assertTrue(all(one._is_covered_by_visit() for one in done))
        self.assertTrue(all(one.visit_ids.partner_id == one.partner_id for one in done))

    def test_who_signs_in_has_bookings(self):
        users = self.env["res.users"]
        member = users.search([("login", "=", "membre")])
        bookings = self.env["tierslieux.booking"].with_user(member)
        for which in ("coming", "past"):
            self.assertGreaterEqual(bookings.search_count(bookings._mine(which)), 2)
        manager = users.search([("login", "=", "gestion")])
        venue = self.venues.filtered(lambda one: manager in one.manager_ids)
        today = fields.Date.context_today(venue)
        plan = venue.with_user(manager)._plan(today)
        self.assertTrue(all(row["opened"] for row in plan["rows"]))
        self.assertGreaterEqual(sum(len(row["bookings"]) for row in plan["rows"]), 5)

    def test_an_assembly_was_held(self):
        held = self._assembly("minuted", "closed")
        self.assertFalse(held.is_notice_short)
        self.assertGreater(held.convocation_count, 0)
        self.assertTrue(held.elector_ids.filtered(lambda one: not one.is_entitled))
        self.assertTrue(all(held.elector_ids.mapped("reason")))
        self.assertTrue(held.proxy_ids and held.attendance_ids)
        accounts, solidarity, *elections = held.motion_ids.filtered(
            lambda motion: motion.kind != "information"
        )
        self.assertEqual(accounts.secrecy, "open")
        self.assertIsNone(accounts._first_break())
        self.assertEqual(solidarity.secrecy, "confidential")
        self.assertTrue(elections)
        self.assertEqual(
            held.resolution_ids.motion_id,
            accounts.union(solidarity, *elections),
        )
        for motion in held.resolution_ids.motion_id:
            cast = self.env["tierslieux.open.ballot"].search(
                [("motion_id", "=", motion.id)]
            )
            for ballot in cast:
                self.assertLessEqual(motion.opened_at, ballot.cast_at)
                self.assertLessEqual(ballot.cast_at, motion.closed_at)
        self.assertTrue(held.resolution_ids.sudo()._follow_ups())

    def test_the_board_that_was_elected_sits(self):
        held = self._assembly("minuted", "closed")
        seated = self.env["tierslieux.mandate"].search(
            [("motion_id", "in", held.motion_ids.ids)]
        )
        elected = [
            name
            for resolution in held.resolution_ids
            for name in resolution.verdict.get("count", {}).get("winners", [])
        ]
        self.assertTrue(elected)
        self.assertEqual(sorted(seated.partner_id.mapped("name")), sorted(elected))

    def test_each_login_that_is_a_member_has_a_vote_to_cast(self):
        running = self._assembly("open")
        self.assertTrue(running.is_asynchronous)
        opened = running.motion_ids.filtered(lambda motion: motion.state == "open")
        self.assertEqual(set(opened.mapped("kind")), {"motion", "election"})
        self.assertTrue(all(opened.mapped("voted_count")))
        for login in ("membre", "bureau", "tresorerie"):
            user = self.env["res.users"].search([("login", "=", login)])
            mine = running._electors_of(user.partner_id)
            self.assertTrue(mine, login)
            for motion in opened:
                self.assertFalse(motion.sudo()._voted_among(mine), login)

    def test_proxies_may_be_given_for_the_next_one(self):
        coming = self._assembly("convened")
        self.assertTrue(coming.frozen_at and coming.rule_summary)
        member = self.env["res.users"].search([("login", "=", "membre")])
        self.assertTrue(coming._is_called(member.partner_id))
        self.assertFalse(coming._electors_of(member.partner_id)._live_proxy())

    def _assembly(self, *states):
        return self.env["tierslieux.assembly"].search(
            [("state", "in", states), ("venue_id", "in", [False, *self.venues.ids])],
            order="id desc",
            limit=1,
        )

    def test_queries_for_each_person_are_few(self):
        """Three hundred more people cost a bounded number of queries each."""
        demo = self.env["tierslieux.demo"].with_context(tracking_disable=True)
        data = {"people": self._some_people(300)}
        ids = {"venues": {}}
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        list(demo._load_people(data, ids))
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 300)

    def test_each_kind_of_user_signs_in(self):
        logins = self.env["tierslieux.demo"].logins()
        self.assertEqual(
            [entry["role"] for entry in logins],
            [
                "member",
                "funder",
                "venue_manager",
                "facilitator",
                "treasurer",
                "board",
                "administrator",
            ],
        )
        for entry in logins:
            with self.subTest(role=entry["role"]):
                self.authenticate(entry["login"], entry["password"])
                internal = entry["role"] in INTERNAL
                page = self.url_open("/odoo" if internal else "/my")
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("/web/login", page.url)
                french = '"lang": "fr_FR"' if internal else 'lang="fr-FR"'
                self.assertIn(french, page.text)
                user = self.env["res.users"].search([("login", "=", entry["login"])])
                group = f"tierslieux_network.group_{entry['role']}"
                self.assertTrue(user.has_group(group))
                self.assertEqual(user._is_internal(), internal)

    def _some_people(self, count):
        homes = [
            {"key": 0, "state": "open", "capacity": 1, "zip": "69001", "city": "Lyon"}
        ]
        return people.generate(count, homes)

    def _partners(self):
        return self.people.partner_id | self.venues.structure_id
