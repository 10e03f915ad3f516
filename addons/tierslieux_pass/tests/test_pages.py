# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import date, timedelta

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NOW, PassCommon

IBAN = "FR14 2004 1010 0505 0001 3M02 606"
OTHER_IBAN = "DE89 3704 0044 0532 0130 00"


@tagged("post_install", "-at_install")
class TestPages(PassCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holder = cls.create_portal("holder", cls.ada.partner_id)
        cls.newcomer = cls.create_portal("newcomer")
        cls.manager.password = "desk"
        cls.bea = cls.create_holder("Bea Beta")

    @classmethod
    def create_portal(cls, login, partner=None):
        return cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "password": login,
                "email": f"{login}@example.org",
                "group_ids": cls.env.ref("base.group_portal"),
                **({"partner_id": partner.id} if partner else {}),
            }
        )

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)

    def visit_as(self, login):
        self.session = self.authenticate(login, login)

    def get(self, url, status=200):
        with mute_logger("odoo.http"):
            answer = self.url_open(url)
        self.assertEqual(answer.status_code, status, url)
        return answer

    def post(self, url, status=200, **data):
        data["csrf_token"] = Request.csrf_token(self)
        with mute_logger("odoo.http"):
            answer = self.url_open(url, data=data)
        self.assertEqual(answer.status_code, status, url)
        return answer

    def subscribe(self, **values):
        return self.post(
            f"/my/pass/subscribe/{self.plan.id}",
            **{
                "date": "2026-10-22",
                "payment_mode": "debit",
                "iban": IBAN,
                "accepted": "1",
                **values,
            },
        )

    def pass_of(self, user):
        return self.env["tierslieux.pass"].search(
            [("partner_id", "=", user.partner_id.id)]
        )

    def test_public_page(self):
        self.authenticate(None, None)
        page = self.get("/pass").text
        self.assertIn("Nomade", page)
        self.assertIn("La Rotonde", page)
        self.assertNotRegex(page, rf'href="/lieux/[^"]*-{self.other_venue.id}"')

    def test_prorata_before_confirming(self):
        self.visit_as("newcomer")
        self.plan.product_id.taxes_id = False
        page = self.get(f"/my/pass/subscribe/{self.plan.id}?date=2026-10-22").text
        # 10 days of 31, of 90 €
        self.assertRegex(page, r"29[.,]03")

    def test_subscription_with_a_mandate(self):
        self.visit_as("newcomer")
        answer = self.subscribe(shows_name="1")
        self.assertIn("/my/pass?notice=subscribed", answer.url)
        one = self.pass_of(self.newcomer)
        self.assertEqual(one.plan_id, self.plan)
        self.assertEqual(one.state, "planned")
        self.assertEqual(one.event_ids.date, date(2026, 10, 22))
        mandate = one.mandate_id
        self.assertEqual(mandate.state, "valid")
        self.assertEqual(mandate.partner_bank_id.acc_type, "iban")
        self.assertEqual(mandate.signature_date, NOW.date())
        self.assertEqual(mandate.accepted_at, NOW)
        self.assertIn("FR78ZZZ424242", mandate.accepted_text)
        self.assertTrue(one.card_ids.code)

    def test_letter_of_welcome(self):
        self.newcomer.partner_id.lang = "en_US"
        self.visit_as("newcomer")
        self.subscribe()
        one = self.pass_of(self.newcomer)
        job = self.env["queue.job"].search([("method_name", "=", "_send_welcome")])
        self.assertEqual((job.records, job.args), (one, [one.event_ids.id]))
        one._send_welcome(one.event_ids.id)
        letter = self.env["mail.mail"].search([("res_id", "=", one.id)], limit=1)
        self.assertEqual(letter.recipient_ids, one.partner_id)
        self.assertIn(one.number, letter.subject)
        quote = one._quote(self.plan, date(2026, 10, 22))
        for amount in (quote["first"], quote["monthly"], quote["hour"]):
            self.assertIn(f"{amount:.2f}", letter.body_html.replace(",", "."))
        self.assertIn(one.mandate_id.unique_mandate_reference, letter.body_html)
        self.assertNotIn(one.mandate_id.partner_bank_id.acc_number, letter.body_html)
        self.assertEqual(len(letter.attachment_ids), 1, "the card")

    def pay(self, **values):
        return self.post(
            "/my/pass/payment",
            **{"payment_mode": "debit", "iban": OTHER_IBAN, "accepted": "1", **values},
        )

    def test_another_account(self):
        self.visit_as("newcomer")
        self.subscribe()
        one = self.pass_of(self.newcomer)
        first = one.mandate_id
        self.assertIn("FR14 •••• 2606", self.get("/my/pass/payment").text)
        for wrong in ({"iban": IBAN[:-1]}, {"accepted": ""}, {"payment_mode": "x"}):
            with self.subTest(wrong):
                self.assertIn("tl-error", self.pay(**wrong).text)
                self.env.invalidate_all()
                self.assertEqual((one.mandate_id, first.state), (first, "valid"))
        self.assertIn("notice=payment", self.pay().url)
        self.env.invalidate_all()
        self.assertEqual(first.state, "cancel")
        second = one.mandate_id
        self.assertEqual((second.state, second.accepted_at), ("valid", NOW))
        self.assertNotEqual(
            second.unique_mandate_reference, first.unique_mandate_reference
        )
        self.assertEqual(
            second.partner_bank_id.sanitized_acc_number, OTHER_IBAN.replace(" ", "")
        )
        self.pay(payment_mode="transfer", iban="", accepted="")
        self.env.invalidate_all()
        self.assertEqual(one.payment_mode, "transfer")
        self.assertFalse(one.mandate_id)
        self.assertEqual(second.state, "cancel")

    def test_no_account_without_a_pass(self):
        self.visit_as("newcomer")
        self.assertTrue(self.get("/my/pass/payment").url.endswith("/my/pass"))
        self.pay()
        self.assertFalse(self.pass_of(self.newcomer))

    def test_what_has_to_be_corrected(self):
        self.visit_as("newcomer")
        for wrong in (
            {"iban": "FR14 2004 1010 0505 0001 3M02 607"},
            {"iban": ""},
            {"accepted": ""},
            {"date": "2026-10-20"},
            {"date": "2027-10-20"},
            {"date": "soon"},
            {"payment_mode": "gold"},
        ):
            with self.subTest(wrong):
                answer = self.subscribe(**wrong)
                self.assertIn("tl-error", answer.text)
                self.assertFalse(self.pass_of(self.newcomer))

    def test_no_second_pass_and_no_hidden_plan(self):
        self.visit_as("holder")
        self.assertTrue(self.subscribe().url.endswith("/my/pass"))
        self.assertEqual(len(self.ada.event_ids), 1)
        self.unlimited.is_published = False
        self.get(f"/my/pass/subscribe/{self.unlimited.id}", 404)

    def change(self, kind, **data):
        self.post("/my/pass/change", kind=kind, **data)
        self.env.invalidate_all()
        return self.ada.event_ids.sorted("id")[-1]

    def test_changes(self):
        self.visit_as("holder")
        paused = self.change("paused")
        self.assertEqual((paused.kind, paused.date), ("paused", date(2026, 11, 1)))
        page = self.get("/my/pass").text
        self.assertIn("undo", page)
        undone = self.change("undo")
        self.assertEqual(undone.corrects_id, paused)
        moved = self.change("plan_changed", plan_id=self.unlimited.id)
        self.assertEqual(moved.plan_id, self.unlimited)
        self.assertEqual(moved.date, date(2026, 11, 1))
        self.change("undo")
        ended = self.change("ended")
        self.assertEqual((ended.kind, ended.date), ("ended", date(2026, 11, 1)))
        self.assertEqual(ended.user_id, self.holder)

    def test_a_change_that_may_not_be(self):
        self.visit_as("holder")
        before = len(self.ada.event_ids)
        answer = self.post("/my/pass/change", kind="resumed")
        self.assertIn("alert-danger", answer.text)
        self.assertEqual(len(self.ada.event_ids), before)
        self.post("/my/pass/change", 404, kind="subscribed")

    def test_code_image_and_card(self):
        self.visit_as("holder")
        self.assertEqual(self.get("/my/pass/qr.png").content[:4], b"\x89PNG")
        old = self.ada._card()
        self.post("/my/pass/change", kind="card")
        self.env.invalidate_all()
        self.assertTrue(old.revoked_on)
        self.assertNotEqual(self.ada._card(), old)
        self.visit_as("newcomer")
        self.get("/my/pass/qr.png", 404)
        self.get("/my/pass/card.pdf", 404)

    def stay(self, holder=None, venue=None, estimated=False):
        holder = holder or self.ada
        return self.env["tierslieux.visit"].create(
            {
                "pass_id": holder.id,
                "partner_id": holder.partner_id.id,
                "venue_id": (venue or self.venue).id,
                "check_in": NOW - timedelta(hours=4),
                "check_out": NOW - timedelta(hours=1),
                "minutes": 180,
                "estimated": estimated,
            }
        )

    def correct(self, visit, **data):
        return self.post(
            f"/my/visits/{visit.id}/correct",
            **{
                "check_in": "2026-10-21T08:00",
                "check_out": "2026-10-21T10:00",
                "reason": "Partie à dix heures",
                **data,
            },
        )

    def test_an_estimated_end_is_the_holder_s_to_say(self):
        visit = self.stay(estimated=True)
        self.visit_as("holder")
        self.assertIn("notice=accepted", self.correct(visit).url)
        self.env.invalidate_all()
        self.assertEqual(visit.corrected_by_ids.minutes, 120)

    def test_other_corrections_are_for_the_venue(self):
        visit = self.stay()
        self.visit_as("holder")
        self.assertIn("notice=asked", self.correct(visit).url)
        self.assertFalse(visit.corrected_by_ids)
        asked = visit.request_ids
        self.visit_as("desk")
        page = html.fromstring(self.visits_page())
        self.assertIn("Partie à dix heures", page.text_content())
        # the key “Enter” in the reason of a refusal presses no other button
        [reason] = page.cssselect("input[name=answer]")
        [form] = reason.iterancestors("form")
        self.assertFalse(form.cssselect("[name=accept]"))
        self.post(f"/my/venues/{self.venue.id}/requests/{asked.id}")
        self.env.invalidate_all()
        self.assertEqual(asked.state, "asked", "A refusal says why.")
        address = f"/my/venues/{self.venue.id}/requests/{asked.id}"
        self.assertIn("notice=accepted", self.post(address, accept="1").url)
        self.env.invalidate_all()
        self.assertEqual(asked.state, "accepted")
        self.assertEqual(visit.corrected_by_ids.minutes, 120)
        self.assertEqual(visit.corrected_by_ids.user_id, self.manager)

    def visits_page(self):
        return self.get(f"/my/venues/{self.venue.id}/visits").text

    def test_my_visits(self):
        self.stay(venue=self.far_venue)
        self.visit_as("holder")
        page = self.get("/my/visits").text
        self.assertIn(self.far_venue.name, page)
        self.assertIn("08:00", page)

    def test_a_venue_sees_its_own_visits(self):
        self.stay()
        self.stay(self.bea, self.far_venue)
        self.visit_as("desk")
        self.get(f"/my/venues/{self.venue.id}/visits?month=0001-01")
        page = self.visits_page()
        self.assertIn(self.ada.number, page)
        self.assertNotIn("Ada Alpha", page)
        self.assertNotIn(self.bea.number, page)

    def test_guessed_addresses(self):
        elsewhere = self.stay(self.bea, self.far_venue)
        mine = self.stay()
        asked = elsewhere._ask_correction("Non", void=True)
        far = f"/my/venues/{self.far_venue.id}"
        self.visit_as("desk")
        for address in (
            f"{far}/scanner",
            f"{far}/scanner/present",
            f"{far}/scanner/photo/{self.bea.id}",
            f"{far}/visits",
            f"{far}/visits/import",
            f"/my/venues/{self.venue.id}/visits/{elsewhere.id}/correct",
            f"/my/visits/{mine.id}/correct",
        ):
            with self.subTest(address):
                self.get(address, 404)
        self.post(f"{far}/requests/{asked.id}", 404, accept="1")
        near = f"/my/venues/{self.venue.id}/requests/{asked.id}"
        self.post(near, 404, accept="1")
        self.visit_as("holder")
        self.get(f"/my/visits/{elsewhere.id}/correct", 404)
        self.get(f"/my/venues/{self.venue.id}/scanner", 404)

    def tap(self, **params):
        return self.make_jsonrpc_request(
            f"/my/venues/{self.venue.id}/scanner/tap", params
        )

    def test_scanner(self):
        self.visit_as("desk")
        answer = self.tap(key="1", code=self.ada._card().code)
        self.assertEqual(answer["outcome"], "in")
        self.assertEqual(self.tap(key="1", code=self.ada._card().code), answer)
        self.assertIn(
            self.ada.number,
            self.get(f"/my/venues/{self.venue.id}/scanner/present").text,
        )
        stranger = self.tap(key="2", pass_id=self.bea.id, direction="in")
        self.assertEqual(stranger["outcome"], "refused")
        self.clock.tick(timedelta(minutes=30))
        out = self.tap(key="3", pass_id=self.ada.id, direction="out")
        self.assertEqual((out["outcome"], out["minutes"]), ("out", 30))

    def test_scanner_page_costs_the_same_for_many(self):
        def cost():
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.venue.with_user(self.manager)._present()
            return self.env.cr.sql_log_count - start

        self.ada._tap(self.venue, None, "desk", "a")
        cost()
        one = cost()
        for number in range(12):
            holder = self.create_holder(f"Personne {number}")
            holder._tap(self.venue, None, "desk", str(number))
        self.assertEqual(cost(), one)

    def api(self, user, **arguments):
        # sudo: the key of the test is made for a user who may not make one
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        with mute_logger("odoo.http"):
            return self.url_open(
                "/json/2/tierslieux.visit.tap/tap",
                data=json.dumps(arguments),
                headers={
                    "Authorization": f"bearer {keys._generate('rpc', 'test', None)}",
                    "Content-Type": "application/json",
                },
            )

    def test_api(self):
        what = {
            "venue_id": self.venue.id,
            "code": self.ada._card().code,
            "key": "door-1",
            "instant": "2026-10-21T11:30:00+02:00",
        }
        first = self.api(self.manager, **what)
        self.assertEqual(first.status_code, 200, first.text)
        self.assertEqual(first.json()["outcome"], "in")
        self.assertEqual(first.json()["instant"], "2026-10-21T09:30:00+00:00")
        self.assertEqual(self.api(self.manager, **what).json(), first.json())
        other = {**what, "instant": "2026-10-21T11:31:00+02:00"}
        self.assertEqual(self.api(self.manager, **other).status_code, 422)
        late = {**what, "key": "door-2", "instant": "2026-10-21T11:30:00"}
        self.assertEqual(self.api(self.manager, **late).status_code, 422)
        for user in (self.holder, self.create_user("member")):
            self.assertEqual(self.api(user, **what).status_code, 403)
        elsewhere = {**what, "venue_id": self.far_venue.id, "key": "door-3"}
        self.assertEqual(self.api(self.manager, **elsewhere).status_code, 403)
