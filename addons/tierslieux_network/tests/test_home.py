# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, tagged

from .common_membership import MembershipCommon


@tagged("post_install", "-at_install")
class TestHome(HttpCase, MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.create_user("member")
        cls.board = cls.create_user("board")
        cls.treasurer = cls.create_user("treasurer")
        cls.mine = cls.apply("Moi", partner=cls.member.partner_id)

    def test_the_board_decides_on_applications(self):
        needs, ways = self.home(self.board)
        waiting = self.memberships.search_count([("state", "=", "applied")])
        self.assertEqual(needs["applications"]["count"], waiting)
        self.assertEqual(needs["applications"]["rank"], 1)
        self.assertIn("members", ways)
        self.assertNotIn("applications", self.home(self.treasurer)[0])
        self.memberships.search([("state", "=", "applied")]).action_admit()
        self.assertNotIn("applications", self.home(self.board)[0])

    def test_a_member_sees_their_own_dues_alone(self):
        other = self.apply("Une autre")
        (other | self.mine).action_admit()
        needs, ways = self.home(self.member)
        self.assertEqual(needs["dues"]["count"], 1)
        self.assertIn(f"{self.mine.amount_due:.0f}", needs["dues"]["value"])
        self.assertEqual(needs["dues"]["url"], "/my/membership")
        self.assertIn("directory", ways)
        self.assertFalse({"members", "dashboard"} & set(ways))
        self.pay(self.mine._invoices())
        # paid until the end of the year, in less than three months
        self.assertEqual(set(self.home(self.member)[0]), {"renewal"})

    def test_arrears_are_those_of_the_list(self):
        self.mine.action_admit()
        late = self.memberships.search([("arrears", ">", 0)])
        needs = self.home(self.treasurer)[0]
        self.assertEqual(needs.get("arrears", {"count": 0})["count"], len(late))

    def test_what_was_planned(self):
        self.mine.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.board.id
        )
        self.assertIn("activities", self.home(self.board)[0])
        self.assertNotIn("activities", self.home(self.treasurer)[0])

    def test_nobody_else_reads_the_page(self):
        """A user of no group of ours has an empty page, and a funder no list."""
        for user in (self.create_user("funder"), self.env.ref("base.public_user")):
            needs, ways = self.home(user)
            self.assertFalse({"applications", "arrears", "dues"} & set(needs))
            self.assertFalse({"members", "dashboard", "venues"} & set(ways))

    def test_the_places_one_facilitates(self):
        facilitator = self.create_user("facilitator")
        self.assertNotIn(
            "fa-heart-o", [one["icon"] for one in self.home(facilitator)[1].values()]
        )
        profile = self.env["tierslieux.profile"].create(
            {"partner_id": facilitator.partner_id.id}
        )
        (self.venue | self.other_venue).facilitator_ids = profile
        ways = self.home(facilitator)[1]
        way = ways[f"facilitated_{self.venue.id}"]
        self.assertEqual(
            (way["url"], way["detail"]), (self.venue.website_url, self.venue.name)
        )
        # nobody sees the page of the other one
        self.assertNotIn(f"facilitated_{self.other_venue.id}", ways)

    def test_the_page_of_the_web_client(self):
        html = self.env["tierslieux.home"].with_user(self.board).html()
        self.assertIn('data-need="applications"', html)
        self.assertIn("/odoo/accueil/action-tierslieux_network.", html)
        html = self.env["tierslieux.home"].with_user(self.create_user("funder")).html()
        self.assertIn("tl-start-clear", html)

    def test_the_first_page_of_the_portal(self):
        self.mine.action_admit()
        self.authenticate(self.member.login, self.member.login)
        page = self.url_open("/my").text
        self.assertIn('data-need="dues"', page)
        self.assertIn('data-way="directory"', page)

    def first_page(self):
        page = self.url_open("/odoo").text
        return re.search(r'"home_action_id": (\w+)', page).group(1)

    def test_a_choice_of_ones_own_wins(self):
        self.authenticate(self.board.login, self.board.login)
        home = self.env.ref("tierslieux_network.tierslieux_home_action")
        self.assertEqual(self.first_page(), str(home.id))
        self.assertFalse(self.board.action_id)
        chosen = self.env.ref("tierslieux_network.tierslieux_membership_action")
        self.board.action_id = chosen.id
        self.env.flush_all()
        self.assertEqual(self.first_page(), str(chosen.id))

    def test_all_companies_are_shown_until_one_chooses(self):
        main = self.board.company_id
        other = self.env["res.company"].create({"name": "Foncière des Pentes"})
        self.authenticate(self.board.login, self.board.login)
        self.url_open("/odoo")
        self.assertNotIn("cids", self.opener.cookies)
        self.board.company_ids |= other
        self.url_open("/odoo")
        self.assertEqual(self.opener.cookies["cids"], f"{main.id}-{other.id}")
        self.opener.cookies["cids"] = str(other.id)
        answer = self.url_open("/odoo")
        self.assertNotIn("cids", answer.cookies)

    def test_constant_number_of_queries(self):
        everybody = self.create_user("administrator")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.home(everybody)
            return self.env.cr.sql_log_count - before

        def grow(count):
            for number in range(count):
                venue = self.create_venue(f"Lieu {count} {number}", state="open")
                venue.manager_ids = everybody
            people = self.env["res.partner"].create(
                [{"name": f"Personne {count} {number}"} for number in range(count)]
            )
            self.memberships.create(
                [{"partner_id": one.id, "college_id": self.venues.id} for one in people]
            )

        grow(1)
        _first, few = queries(), queries()
        grow(10)
        _first, many = queries(), queries()
        self.assertEqual(many, few)
