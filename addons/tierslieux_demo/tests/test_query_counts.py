# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.common import NetworkCommon

# The pages most used, and who opens them.
PAGES = {
    "/": None,
    "/lieux": None,
    "/lieux/{venue}": None,
    "/reserver": None,
    "/agenda": None,
    "/my": "member",
    "/my/bookings": "member",
    "/my/venues": "venue_manager",
    "/my/venues/{venue_id}/planning": "venue_manager",
    "/my/venues/{venue_id}/scanner": "venue_manager",
}


@tagged("post_install", "-at_install")
class TestQueryCounts(NetworkCommon, HttpCase):
    """Pages cost as many queries in a network of 200 venues as in one of 10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tierslieux.venue"].search([]).is_published = False
        cls.users = {
            group: cls.create_user(group)
            for group in ("member", "venue_manager", "board")
        }
        cls.venue.is_published = True
        cls.venue.manager_ids = cls.users["venue_manager"]
        cls.users["member"].partner_id.profile_ids = [
            Command.create({"home_venue_id": cls.venue.id})
        ]
        cls.grow(1, 10)

    @classmethod
    def grow(cls, first, last):
        """Venues with what their pages and the searches show."""
        venues = cls.env["tierslieux.venue"].create(
            [
                {
                    "name": f"Tiers-lieu {number}",
                    "category_id": cls.coworking.id,
                    "commune_id": cls.commune.id,
                    "city": cls.commune.name,
                    "state": "open",
                    "is_published": True,
                    "summary": "Ouvert à toutes et tous.",
                    "partner_latitude": 45.7 + number / 1000,
                    "partner_longitude": 4.8 + number / 1000,
                    "opening_hours": "Mo-Su 09:00-18:00",
                }
                for number in range(first, last)
            ]
        )
        if first == 1:
            cls.venue.opening_hours = "Mo-Su 09:00-18:00"
            venues |= cls.venue
        cls.env["tierslieux.bookable"].create(
            [
                {
                    "name": "Salle de réunion",
                    "venue_id": venue.id,
                    "seats": 1,
                    "is_published": True,
                }
                for venue in venues
            ]
        )
        cls.env["tierslieux.venue.agreement"].create(
            [{"venue_id": venue.id, "date_from": "2026-01-01"} for venue in venues]
        )
        cls.env.flush_all()

    def queries(self):
        """``{page: queries}`` of pages that were read before."""
        found = {}
        for address, group in PAGES.items():
            login = group and self.users[group].login
            self.authenticate(login, login)
            url = address.format(
                venue=self.venue.website_url.rsplit("/", 1)[-1], venue_id=self.venue.id
            )
            for _turn in range(2):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertEqual(self.url_open(url).status_code, 200, url)
                found[address] = self.env.cr.sql_log_count - before
        home = self.env["tierslieux.home"].with_user(self.users["board"])
        for _turn in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            home.html()
            found["/odoo/accueil"] = self.env.cr.sql_log_count - before
        return found

    def test_10_and_200_venues(self):
        few = self.queries()
        self.grow(10, 200)
        shown = self.env["tierslieux.venue"].search_count([("is_published", "=", True)])
        self.assertEqual(shown, 200)
        self.assertEqual(self.queries(), few)
