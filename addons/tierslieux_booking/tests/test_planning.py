# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from lxml import html

from odoo.http import Request
from odoo.tests import freeze_time, tagged

from odoo.addons.tierslieux_network.controllers.tools import PHOTO_BYTES

from .common import NOW, utc
from .test_pages import PagesCommon

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPlanning(PagesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.booking = cls.desks._book(cls.ada, utc("03-03 09:00"), utc("03-03 11:00"))
        cls.url = f"/my/venues/{cls.venue.id}/planning"

    def setUp(self):
        super().setUp()
        self.sign_in(self.manager)

    def row(self, page, name, selector):
        [row] = [one for one in page.cssselect(selector) if name in one.text_content()]
        return row

    def test_day(self):
        page = self.page(f"{self.url}?date=2026-03-03")
        self.assertIn("mardi 3 mars 2026", page.text_content())
        row = self.row(page, "Coworking", ".tl-plan-row")
        [block] = row.cssselect(".tl-planned")
        self.assertIn("Ada Martin", block.text_content())
        self.assertIn("10\u00a0h – 12\u00a0h", block.text_content())
        # a place is left at every hour of the opening
        self.assertEqual(len(row.cssselect(".tl-cell")), 9)
        hours = page.cssselect(".tl-plan-hours span")
        self.assertEqual((hours[0].text, hours[-1].text), ("9\u00a0h", "17\u00a0h"))
        self.assertEqual(len(page.cssselect(".tl-plan-lists section")), 5)

    def test_week(self):
        page = self.page(f"{self.url}?view=week&date=2026-03-05")
        row = self.row(page, "Coworking", ".tl-plan-week-row")
        days = row.cssselect(".tl-plan-week-day")
        self.assertEqual(len(days), 7)
        self.assertIn("Ada Martin", days[1].text_content())
        self.assertIn("tl-plan-closed", days[6].get("class"))
        self.page(f"{self.url}?view=nonsense&date=nonsense")

    def test_a_machine_in_use_takes_its_room(self):
        self.laser._book(self.ada, utc("03-03 09:00"), utc("03-03 11:00"))
        page = self.page(f"{self.url}?date=2026-03-03")
        cells = self.row(page, "Atelier", ".tl-plan-row").cssselect(".tl-cell")
        self.assertEqual(len(cells), 7)

    def write_in(self, cell, **form):
        """Open a free cell and send its form."""
        page = self.page(cell)
        [opened] = page.cssselect("#tl_new")
        fields = {name: value or "" for name, value in opened.fields.items()}
        return self.post(opened.get("action"), **{**fields, **form})

    def cell(self, name="Coworking", number=0):
        page = self.page(f"{self.url}?date=2026-03-03")
        row = self.row(page, name, ".tl-plan-row")
        return row.cssselect(".tl-cell")[number].get("href")

    def test_walk_in_in_two_clicks(self):
        answer = self.write_in(self.cell(), who="Paul du quartier", purpose="walk_in")
        self.assertEqual(answer.status_code, 303)
        [booking] = self.desks.booking_ids - self.booking
        self.assertEqual(
            (booking.purpose, booking.note), ("walk_in", "Paul du quartier")
        )
        self.assertFalse(booking.partner_id)
        self.assertEqual(booking.start, utc("03-03 08:00"))
        page = self.page(f"{self.url}?date=2026-03-03")
        self.assertIn("Paul du quartier", page.text_content())

    def test_walk_in_of_somebody_known(self):
        for who, partner in (
            ("ada martin", self.ada),
            ("lea@example.org", self.lea),
            ("Léa Blanc", self.lea.browse()),
        ):
            before = self.desks.booking_ids
            if who == "Léa Blanc":
                # never came here, as far as names tell
                self.lea.booking_ids.sudo().hold_ids.unlink()
                self.lea.booking_ids.sudo().unlink()
                before = self.desks.booking_ids
            self.write_in(self.cell(number=5), who=who, purpose="walk_in")
            self.assertEqual((self.desks.booking_ids - before).partner_id, partner)

    def test_refusals(self):
        answer = self.write_in(self.cell(), who=" ", purpose="walk_in")
        self.assertIn("Écrivez qui vient", answer.text)
        answer = self.write_in(
            self.cell("Salle"), who="Paul", purpose="walk_in", minutes="60"
        )
        answer = self.post(
            f"{self.url}/new",
            bookable=self.room.id,
            start="20260303T0800Z",
            who="Anne",
            purpose="walk_in",
        )
        self.assertIn("Salle Ampère", answer.text)
        self.assertEqual(len(self.room.booking_ids), 1)

    def test_an_address_of_nobody_is_no_name(self):
        for who in ("nobody@example.org", "@"):
            answer = self.write_in(self.cell(), who=who, purpose="walk_in")
            self.assertIn("écrivez un nom", answer.text)
        self.assertEqual(self.desks.booking_ids, self.booking)

    def test_what_is_in_the_way_of_a_closing(self):
        answer = self.write_in(
            self.cell(), who="Peinture", purpose="maintenance", until="2026-03-05"
        )
        page = html.fromstring(answer.content)
        [alert] = page.cssselect("[role=alert]")
        self.assertIn("Ada Martin", alert.text_content())
        self.assertIn("10\u00a0h à 12\u00a0h", alert.text_content())
        [part] = page.cssselect("details.tl-maintenance")
        self.assertEqual(part.get("open"), "open")
        [until] = part.cssselect("[name=until]")
        self.assertEqual(until.get("value"), "2026-03-05")
        self.assertEqual(self.desks.booking_ids, self.booking)

    def test_maintenance(self):
        self.write_in(
            self.cell("Salle"),
            who="Peinture",
            purpose="maintenance",
            until="2026-03-04",
        )
        [closed] = self.room.booking_ids
        self.assertEqual((closed.purpose, closed.note), ("maintenance", "Peinture"))
        self.assertEqual(closed.stop, utc("03-04 23:00"))
        # all places of a shared space at once, so not while one is taken
        self.write_in(self.cell(number=5), purpose="maintenance", minutes="120")
        [closed] = self.desks.booking_ids - self.booking
        self.assertEqual(closed.seats, 4)

    def test_no_show(self):
        url = f"{self.url}/{self.booking.id}"
        self.assertNotIn("no-show", self.url_open(url).text)
        with freeze_time("2026-03-03 10:00:00"):
            self.sign_in(self.manager)
            self.assertIn("no-show", self.url_open(url).text)
            self.post(f"{url}/no-show")
            # from a second tab
            self.assertIn("déjà noté", self.post(f"{url}/no-show").text)
        self.assertEqual(self.booking.state, "no_show")

    def test_cancel_and_move_with_a_reason(self):
        url = f"{self.url}/{self.booking.id}"
        self.assertIn("Écrivez pourquoi", self.post(f"{url}/cancel").text)
        page = self.page(f"{url}?move=1")
        first = page.cssselect(".tl-week-day")[0]
        self.assertIn("3 mars", first.text_content())
        page = self.page(f"{url}?move=1&start=20260304T0900Z")
        [form] = page.cssselect("form.tl-panel")
        self.post(form.get("action"), start=form.fields["start"], reason="Travaux")
        self.assertEqual(self.booking.start, utc("03-04 09:00"))
        self.post(f"{url}/cancel", reason="Inondation")
        self.assertEqual(self.booking.state, "cancelled")
        self.assertEqual(self.booking.cancel_reason, "Inondation")

    def test_others_see_nothing(self):
        other = self.create_user("venue_manager", "test_other_manager")
        theirs = self.create_venue("Ailleurs", state="open")
        theirs.manager_ids = other
        new = f"/new?bookable={self.desks.id}&start=20260303T0900Z"
        for user in (other, self.member, self.create_user("funder")):
            self.sign_in(user)
            for end in ("", "?view=week", f"/{self.booking.id}", new):
                self.page(self.url + end, 404)
            for act in ("cancel", "no-show", "move"):
                answer = self.post(
                    f"{self.url}/{self.booking.id}/{act}",
                    reason="x",
                    start="20260304T0900Z",
                )
                self.assertEqual(answer.status_code, 404)
        # nor through one's own venue
        self.sign_in(other)
        own = f"/my/venues/{theirs.id}/planning"
        self.page(f"{own}/{self.booking.id}", 404)
        self.page(own + new, 404)
        self.page("/my/venues/999999999/planning", 404)
        self.page(f"{own}/999999999", 404)
        self.assertEqual(self.booking.state, "confirmed")
        self.assertEqual(self.booking.start, utc("03-03 09:00"))

    def test_the_board_sees_every_plan(self):
        self.sign_in(self.create_user("board"))
        self.assertIn(
            "Ada Martin", self.page(f"{self.url}?date=2026-03-03").text_content()
        )

    def test_needs_a_token(self):
        for end in ("/new", f"/{self.booking.id}/cancel"):
            answer = self.url_open(
                self.url + end,
                data={
                    "bookable": self.desks.id,
                    "start": "20260303T0900Z",
                    "who": "Paul",
                    "reason": "x",
                },
            )
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.desks.booking_ids, self.booking)

    def test_queries(self):
        counts = []
        for more in (2, 8):
            for number in range(more):
                one = self.create_bookable(f"Salle {more}-{number}")
                one._book(self.ada, utc("03-03 09:00"), utc("03-03 10:00"))
                one._book(self.lea, utc("03-03 10:00"), utc("03-03 11:00"))
            counts.append(
                [
                    self.queries(f"{self.url}?date=2026-03-03{view}")
                    for view in ("", "&view=week")
                ]
            )
        self.assertEqual(*counts)

    # -- photos -------------------------------------------------------------------

    def send_photo(self, bookable, content, name="photo.png", **data):
        return self.url_open(
            f"/my/venues/{self.venue.id}/bookables",
            data={
                "csrf_token": Request.csrf_token(self),
                "bookable": bookable.id,
                **data,
            },
            files={"photo": (name, content)} if content else None,
        )

    def test_photo_of_a_bookable(self):
        page = self.page("/reserver?day=2026-03-03")
        self.assertFalse(page.cssselect(".tl-offer-thumb"))
        answer = self.send_photo(self.room, PIXEL)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(self.room.image_1920)
        address = f"/reserver/photo/{self.room.id}?size=256"
        page = self.page("/reserver?day=2026-03-03")
        [thumb] = page.cssselect(".tl-offer-thumb")
        self.assertEqual(thumb.get("src"), address)
        photo = self.url_open(address)
        self.assertTrue(photo.headers["Content-Type"].startswith("image/"))
        self.send_photo(self.room, None, remove="1")
        self.env.invalidate_all()
        self.assertFalse(self.room.image_1920)

    def test_what_is_no_photo_is_refused(self):
        for content, words in (
            (b"<svg onload='alert(1)'/>", "pas une image"),
            (b"not an image", "pas une image"),
            (PIXEL + bytes(PHOTO_BYTES), "8"),
            (b"", "Choisissez"),
        ):
            with self.subTest(words):
                answer = self.send_photo(self.room, content)
                [alert] = html.fromstring(answer.content).cssselect("[role=alert]")
                self.assertIn(words, alert.text_content())
                self.env.invalidate_all()
                self.assertFalse(self.room.image_1920)

    def test_photos_are_for_the_managers_of_the_venue(self):
        other = self.room.copy({"venue_id": self.other_venue.id})
        answer = self.send_photo(other, PIXEL)
        self.assertEqual(answer.status_code, 404)
        self.sign_in(self.member)
        self.page(f"/my/venues/{self.venue.id}/bookables", 404)
