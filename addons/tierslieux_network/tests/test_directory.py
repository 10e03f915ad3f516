# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import html

from odoo.tests import HttpCase, freeze_time, tagged

from ..models.tierslieux_directory import Criteria
from .common import NetworkCommon


class DirectoryCommon(NetworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # alone in the database, whatever demo it holds
        cls.env["tierslieux.venue"].search(
            [("id", "not in", (cls.venue | cls.other_venue).ids)]
        ).is_published = False
        cls.directory = cls.env["tierslieux.directory"].with_user(
            cls.env.ref("base.public_user")
        )
        cls.wifi = cls.env.ref("tierslieux_network.service_wifi")
        cls.venue.write(
            {
                "service_ids": cls.wifi,
                "accessibility": "full",
                "opening_hours": "Mo-Fr 09:00-18:00",
                "summary": "Atelier bois",
                "partner_latitude": 45.76,
                "partner_longitude": 4.84,
            }
        )
        cls.fab = cls.create_venue(
            "Fablab de Vénissieux", category_id=cls.fablab.id, state="open"
        )
        cls.person = cls.create_person("Zoé Bêta", "public")

    @classmethod
    def create_person(cls, name, visibility, **values):
        return cls.env["tierslieux.profile"].create(
            {
                "name": name,
                "headline": "Céramiste",
                "email": "zoe@example.org",
                "visibility_name": visibility,
                "visibility_headline": visibility,
                **values,
            }
        )

    def found(self, **criteria):
        cards, ids, _as_written = self.directory._search_venues(
            Criteria(**criteria), 24
        )
        self.assertEqual([card["id"] for card in cards], list(ids)[:24])
        return self.env["tierslieux.venue"].browse(ids)


class TestDirectorySearch(DirectoryCommon):
    def test_published_venues_only(self):
        self.assertEqual(self.found(), self.fab | self.venue)
        self.venue.active = False
        self.assertEqual(self.found(), self.fab)

    def test_accents_and_typos_are_forgiven(self):
        for text in ("etabli", "ÉTABLI", "l'etabli du rone", "etalbi rhone"):
            self.assertEqual(self.found(search=text), self.venue, text)
        self.assertEqual(self.found(search="fabalb venisieux"), self.fab)
        self.assertFalse(self.found(search="xylophone"))

    def test_every_word_counts(self):
        self.assertFalse(self.found(search="etabli venissieux"))
        self.assertEqual(self.found(search="atelier lyon accès internet"), self.venue)

    def test_a_pattern_is_a_text(self):
        for text in ("%", "_", "50%'; DROP TABLE x; --", "\\", "{{x}}"):
            self.found(search=text)

    def test_filters(self):
        self.assertEqual(self.found(category="fablab"), self.fab)
        self.assertEqual(self.found(service="wifi"), self.venue)
        self.assertEqual(self.found(accessible=True), self.venue)
        self.assertEqual(self.found(commune="69123"), self.fab | self.venue)
        self.assertFalse(self.found(commune="59350"))
        self.assertFalse(self.found(state="project"))
        self.assertEqual(
            self.found(category="coworking", service="wifi", accessible=True),
            self.venue,
        )

    def test_closed_venues_only_when_asked_for(self):
        self.fab.write({"state": "closed", "closing_date": "2025-01-01"})
        self.assertEqual(self.found(), self.venue)
        self.assertEqual(self.found(state="closed"), self.fab)

    def test_open_now_is_that_of_the_weekly_hours(self):
        """The query and the pure function agree, in the calendar's time zone."""
        # the database's clock cannot be frozen: hours are moved around it instead
        now = datetime.utcnow()
        for zone in ("Europe/Paris", "Indian/Reunion", "America/Guadeloupe"):
            self.venue.calendar_id.tz = zone
            for shift in (-1, 0, 1):
                self._open_at_hour_of(zone, now, shift)
                self.assertEqual(
                    bool(self.found(open_now=True)), shift == 0, (zone, shift)
                )
                self.assertEqual(self.venue._opening()["is_open"], shift == 0)

    def test_open_now_in_the_week_whose_turn_it_is(self):
        now = datetime.utcnow()
        zone = "Europe/Paris"
        self.venue.calendar_id.tz = zone
        self._open_at_hour_of(zone, now, 0)
        hours = self.venue._weekly_hours()
        self.venue.calendar_id.switch_calendar_type()
        turn = self.venue._turn(self.venue._here().date())
        for opened in (0, 1):
            self.venue._set_turns([hours if week == opened else {} for week in (0, 1)])
            is_open = opened == turn
            self.assertEqual(bool(self.found(open_now=True)), is_open)
            if is_open:
                self.assertTrue(self.venue._opening()["is_open"])

    def _open_at_hour_of(self, zone, now, shift):
        """Open for the hour it is in a time zone, a whole hour away when shifted."""
        here = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
        here += timedelta(hours=2 * shift)
        self.venue._set_weekly_hours(
            {self.venue: {here.weekday(): [(here.hour * 60, (here.hour + 1) * 60)]}}
        )

    def test_a_closure_closes(self):
        now = datetime.utcnow()
        self.venue.opening_hours = "24/7"
        self.assertTrue(self.found(open_now=True))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Travaux",
                "calendar_id": self.venue.calendar_id.id,
                "date_from": now - timedelta(hours=2),
                "date_to": now + timedelta(hours=2),
            }
        )
        self.assertFalse(self.found(open_now=True))
        self.assertFalse(self.venue._opening()["is_open"])

    def test_people_as_each_audience_may_see_them(self):
        network = self.create_person("Ana Bêta", "network")
        self.create_person("Nul Bêta", "nobody")
        search = Criteria(search="ceramiste beta")
        public, total = self.directory._search_people(search, "public", 10)
        self.assertEqual((total, [row[0] for row in public]), (1, self.person.ids))
        self.assertEqual(public[0][1], {"name": "Zoé Bêta", "headline": "Céramiste"})
        seen, total = self.directory._search_people(search, "network", 10)
        self.assertEqual({row[0] for row in seen}, set((self.person | network).ids))
        self.assertEqual(
            self.directory._search_people(
                Criteria(search="zoe@example.org"), "public", 9
            ),
            ([], 0),
        )

    def test_people_need_words(self):
        self.assertEqual(
            self.directory._search_people(Criteria(), "public", 9), ([], 0)
        )

    def test_facets_follow_the_venues(self):
        self.assertEqual(
            self.directory._facets()["category"][self.fablab.id]["count"], 1
        )
        self.fab.is_published = False
        self.assertNotIn(self.fablab.id, self.directory._facets()["category"])
        self.assertNotIn(
            self.fab.id, [v[0] for v in self.directory._markers()[1]["venues"]]
        )

    def test_figures(self):
        before = self.directory._figures()
        self.create_venue("Autre", state="open", surface=120)
        after = self.directory._figures()
        self.assertEqual(after["venues"], before["venues"] + 1)
        self.assertEqual(after["surface"], before["surface"] + 120)

    def test_search_runs_as_many_queries_whatever_the_size(self):
        def count(**criteria):
            self.env.invalidate_all()
            self.directory._facets()
            before = self.cr.sql_log_count
            self.directory._search_venues(Criteria(**criteria), 24)
            self.directory._search_people(Criteria(**criteria), "public", 6)
            self.directory._facets()
            return self.cr.sql_log_count - before

        self.create_person("Atelier", "public")
        asked = [
            {},
            {"search": "atelier ceramiste"},
            {"service": "wifi", "open_now": True},
        ]
        small = [count(**criteria) for criteria in asked]
        for number in range(60):
            self.create_venue(
                f"Atelier bêta {number}",
                state="open",
                service_ids=self.wifi.ids,
                opening_hours="24/7",
            )
            self.create_person(f"Céramiste d’atelier {number}", "public")
        self.assertEqual([count(**criteria) for criteria in asked], small)


@tagged("post_install", "-at_install")
class TestDirectoryPages(DirectoryCommon, HttpCase):
    def page(self, url, status=200):
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.content) if status == 200 else response

    def test_directory_without_javascript(self):
        page = self.page("/lieux?search=etabli+du+rone&accessible=1&service=wifi")
        names = page.xpath("//article//h3/a/text()")
        self.assertEqual(names, ["L'Établi du Rhône"])
        form = page.xpath("//form[@role='search']")[0]
        self.assertEqual((form.get("method"), form.get("action")), ("get", "/lieux"))
        self.assertEqual(
            form.xpath(".//input[@name='search']/@value"), ["etabli du rone"]
        )
        self.assertTrue(form.xpath(".//option[@value='wifi'][@selected]"))
        self.assertTrue(page.xpath("//*[@role='status'][@aria-live='polite']"))

    def test_what_is_not_understood_asks_nothing(self):
        self.page("/lieux?state=%27&order=x&open_now=yes&category=%22&kind=people")
        self.page("/lieux/page/9999")

    def test_pages_of_results(self):
        for number in range(30):
            self.create_venue(f"Lieu {number:02d}", state="open")
        first = self.page("/lieux")
        second = self.page("/lieux/page/2")
        names = first.xpath("//article//h3/a/text()")
        self.assertEqual(len(names), 24)
        self.assertFalse(set(names) & set(second.xpath("//article//h3/a/text()")))

    def test_venue_page(self):
        self.venue.facilitator_ids = self.person
        self.env["event.event"].create(
            {
                "name": "Repair café",
                "date_begin": datetime.now() + timedelta(days=3),
                "date_end": datetime.now() + timedelta(days=3, hours=2),
                "address_id": self.venue.partner_id.id,
                "website_published": True,
            }
        )
        page = self.page(self.venue.website_url)
        text = " ".join(page.text_content().split())
        for words in ("L'Établi du Rhône", "Zoé Bêta", "Repair café", "9 h"):
            self.assertIn(" ".join(words.split()), text)
        self.assertNotIn("zoe@example.org", text)
        data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
        self.assertEqual(data["@type"], "LocalBusiness")
        self.assertEqual(data["openingHours"], ["Mo-Fr 09:00-18:00"])
        self.assertEqual(data["geo"]["latitude"], 45.76)
        self.assertEqual(
            page.xpath("//meta[@name='description']/@content"), ["Atelier bois"]
        )
        self.assertTrue(
            page.xpath("//link[@rel='canonical']/@href")[0].endswith(
                self.venue.website_url
            )
        )

    def test_structured_data_cannot_leave_its_script(self):
        self.venue.summary = "</script><script>alert(1)</script>"
        page = self.page(self.venue.website_url)
        data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
        self.assertEqual(data["description"], self.venue.summary)

    def test_unpublished_or_archived_is_not_found(self):
        self.page(self.other_venue.website_url, 404)
        self.page(f"/lieux/photo/{self.other_venue.id}", 404)
        self.venue.active = False
        self.page(self.venue.website_url, 404)
        self.page("/lieux/nulle-part", 404)
        self.page("/lieux/999999999", 404)

    def test_old_address_leads_to_the_new_one(self):
        old = self.venue.website_url
        self.venue.name = "L'Établi de la Saône"
        response = self.page(old, 301)
        self.assertTrue(response.headers["Location"].endswith(self.venue.website_url))

    def test_hidden_person_answers_like_nobody(self):
        hidden = self.create_person("Cachée Gamma", "network")
        slug = self.env["ir.http"]._slug(hidden)
        answers = [
            self.url_open(url, allow_redirects=False)
            for url in (f"/personnes/{slug}", "/personnes/cachee-gamma-999999999")
        ]
        self.assertEqual([a.status_code for a in answers], [404, 404])
        self.assertNotIn("Gamma", answers[0].text)
        self.page(f"/personnes/photo/{hidden.id}", 404)
        self.assertEqual(
            self.page(f"/personnes/{self.env['ir.http']._slug(self.person)}").xpath(
                "//h1/text()"
            ),
            ["Zoé Bêta"],
        )

    def test_members_see_what_is_shown_to_the_network(self):
        person = self.create_person("Ana Delta", "network", visibility_email="nobody")
        self.create_user("member", "delta_member")
        self.authenticate("delta_member", "delta_member")
        page = self.page(f"/personnes/{self.env['ir.http']._slug(person)}")
        self.assertEqual(page.xpath("//h1/text()"), ["Ana Delta"])
        self.assertNotIn("zoe@example.org", page.text_content())

    def test_markers_are_cacheable(self):
        response = self.url_open("/lieux/carte.json")
        self.assertIn("max-age", response.headers["Cache-Control"])
        self.assertEqual(
            [venue[0] for venue in response.json()["venues"]], self.venue.ids
        )
        again = self.url_open(
            "/lieux/carte.json", headers={"If-None-Match": response.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)

    def test_sitemap_names_published_venues(self):
        self.env["ir.attachment"].search([("url", "=like", "/sitemap-%")]).unlink()
        text = self.url_open("/sitemap.xml").text
        self.assertIn(self.venue.website_url, text)
        self.assertNotIn(self.other_venue.website_url, text)

    def test_home_page(self):
        page = self.page("/")
        self.assertTrue(page.xpath("//form[@action='/lieux']//input[@name='search']"))
        hrefs = set(page.xpath("//a/@href"))
        self.assertLessEqual({"/lieux", "/event", "/adherer", "/open-data"}, hrefs)

    def test_home_page_follows_the_figures(self):
        def figure():
            return self.page("/").xpath("//dl[@class='tl-figures']//dd[1]")[0]

        before = int(figure().text_content())
        self.create_venue("Lieu neuf", state="open")
        self.assertEqual(int(figure().text_content()), before + 1)

    def test_nothing_is_asked_of_others(self):
        for url in ("/", "/lieux", self.venue.website_url):
            page = self.page(url)
            asked = page.xpath(
                "//link[not(@rel='canonical' or @rel='alternate')]/@href"
            )
            asked += page.xpath("//script/@src | //img/@src | //iframe/@src")
            outside = [one for one in asked if one.startswith(("http", "//"))]
            self.assertFalse(
                [one for one in outside if not one.startswith(self.base_url())]
            )


class TestOpeningWords(DirectoryCommon):
    @freeze_time("2026-11-23 08:30:00")  # a Monday, 9:30 in Paris
    def test_what_the_page_says_in_french(self):
        venue = self.venue.with_context(lang="fr_FR")
        self.assertEqual(
            venue._opening()["sentence"], "Ouvert maintenant, jusqu’à 18\u00a0h"
        )
        self.assertEqual(
            venue._opening()["days"][0], ("lundi", "9\u00a0h – 18\u00a0h", True)
        )
        self.venue.opening_hours = "Tu 09:30-18:00"
        self.assertEqual(
            venue._opening()["sentence"], "Fermé, ouvre demain à 9\u00a0h\u00a030"
        )
        self.venue.opening_hours = "Fr 09:00-18:00"
        self.assertEqual(
            venue._opening()["sentence"], "Fermé, ouvre vendredi à 9\u00a0h"
        )

    @freeze_time("2026-12-20 08:30:00")
    def test_closures_to_come(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Congés d’hiver",
                "calendar_id": self.venue.calendar_id.id,
                "date_from": "2026-12-23 23:00:00",
                "date_to": "2027-01-03 23:00:00",
            }
        )
        self.assertEqual(
            self.venue.with_context(lang="fr_FR")._opening()["closures"],
            [("Congés d’hiver", "du 24 décembre au 3 janvier 2027")],
        )

    def test_a_project_has_no_hours(self):
        self.fab.write({"state": "project", "opening_hours": "24/7"})
        self.assertEqual(self.fab._opening(), {})
