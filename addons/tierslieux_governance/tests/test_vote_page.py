# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, tagged

from .test_vote import VoteCommon


@tagged("post_install", "-at_install")
class TestVotePage(HttpCase, VoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.motion.action_open()
        cls.election.action_open()
        cls.page = f"/my/votes/{cls.motion.id}"

    def open_link(self, partner, motion=None):
        motion = motion or self.motion
        token = self.assembly._access_token(partner)
        return self.url_open(
            f"/assemblies/{self.assembly.id}/{partner.id}/{token}/vote-{motion.id}"
        )

    def cast(self, page, path=None, **values):
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        electors = re.search(r'name="electors" value="([^"]*)"', page)
        values.setdefault("electors", electors and electors.group(1))
        values["csrf_token"] = token
        answer = self.url_open(f"{path or self.page}/cast", data=values)
        self.env.invalidate_all()
        return answer

    def test_from_the_mail_choice_and_confirmation(self):
        answer = self.open_link(self.hedy)
        self.assertTrue(answer.url.endswith(self.page))
        self.assertIn("Confirmer mon vote", answer.text)
        done = self.cast(answer.text, choice="for")
        self.assertTrue(done.url.endswith(self.page))
        ballot = self.env["tierslieux.open.ballot"].search([])
        self.assertEqual(ballot.choice, "for")
        self.assertIn(ballot.digest, done.text)
        self.assertNotIn("Confirmer mon vote", done.text)
        again = self.cast(
            answer.text, choice="against", electors=self.elector(self.hedy).id
        )
        self.assertIn("déjà voté", again.text)
        self.assertEqual(self.env["tierslieux.open.ballot"].search([]), ballot)

    def test_another_choice_for_one(self):
        page = self.open_link(self.ada).text
        town = self.elector(self.town).id
        self.cast(
            page,
            choice="for",
            **{f"differ-{town}": "1", f"choice-{town}": "against"},
        )
        self.assertEqual(
            {
                one.elector_id.partner_id: one.choice
                for one in self.env["tierslieux.open.ballot"].search([])
            },
            {self.ada: "for", self.town: "against"},
        )

    def test_another_choice_that_is_not_ticked_is_not_lost(self):
        page = self.open_link(self.ada).text
        town = self.elector(self.town).id
        answer = self.cast(page, choice="for", **{f"choice-{town}": "against"})
        self.assertIn("Un autre choix", answer.text)
        self.assertFalse(self.env["tierslieux.open.ballot"].search([]))

    def test_nothing_chosen(self):
        page = self.open_link(self.hedy).text
        self.assertIn("votez blanc", self.cast(page).text)
        self.assertIn("pas le droit", self.cast(page, choice="for", electors="x").text)
        self.assertIn(
            "pas le droit",
            self.cast(page, choice="for", electors=self.elector(self.ada).id).text,
        )
        self.assertFalse(self.env["tierslieux.open.ballot"].search([]))

    def test_election(self):
        path = f"/my/votes/{self.election.id}"
        page = self.open_link(self.hedy, self.election).text
        self.assertIn("hébergeur", page)
        ada, hedy = self.election.candidate_ids.ids
        same = self.cast(page, path, **{f"rank-{ada}": "1", f"rank-{hedy}": "1"})
        self.assertIn("rang différent", same.text)
        done = self.cast(page, path, **{f"rank-{ada}": "2", f"rank-{hedy}": "1"})
        self.assertIn("émargement", done.text)
        self.assertNotIn("digest", done.text)
        [ballot] = self.rows("tierslieux_urn_ballot")
        self.assertEqual(ballot["choice"], f"{hedy}>{ada}")
        self.election.action_close()
        self.assertIn("Hedy Lamarr", self.url_open(path).text)

    def test_who_was_not_called(self):
        self.assertEqual(self.url_open(self.page).status_code, 404)
        stranger = self.create_user("member", "stranger")
        self.authenticate(stranger.login, stranger.login)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        self.assertEqual(self.url_open("/my/votes/999999").status_code, 404)

    def test_agenda_leads_to_the_vote(self):
        self.open_link(self.hedy)
        page = self.url_open(f"/my/assemblies/{self.assembly.id}").text
        self.assertIn(f'href="{self.page}"', page)

    def test_constant_queries(self):
        """The page and a vote: as many queries among a hundred electors and 20 000."""
        counts = []
        voters = {
            100: (self.hedy, self.elector(self.hedy).id),
            20_000: (self.lea, self.elector(self.coop).id),
        }
        for size in voters:
            self.env.cr.execute(self._query_electors(self.assembly, size))
            self.env.cr.execute("ANALYZE tierslieux_elector, tierslieux_attendance")
            self.env.invalidate_all()
            path = f"/my/assemblies/{self.assembly.id}"
            self.open_link(self.hedy)
            for page in (path, self.page, self.page):
                before = self.env.cr.sql_log_count
                self.url_open(page)
                count = self.env.cr.sql_log_count - before
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            voter, elector = voters[size]
            self.motion._cast(voter, {elector: "for"})
            counts.append((count, self.env.cr.sql_log_count - before))
        self.assertEqual(counts[0][1], counts[1][1])
        self.assertAlmostEqual(counts[0][0], counts[1][0], delta=3)
        self.assertLess(max(counts[1]), 90)

    def test_the_first_page_of_the_portal_asks_for_votes(self):
        user = self.give_account(self.hedy)
        self.authenticate(user.login, user.login)
        home = self.url_open("/my")
        self.assertIn(f"{self.page}/choose", home.text)
        self.assertIn(f'href="/my/votes/{self.election.id}"', home.text)
        token = re.search(r'csrf_token: "([^"]+)"', home.text).group(1)
        chosen = self.url_open(
            f"{self.page}/choose", data={"csrf_token": token, "choice": "against"}
        )
        self.assertRegex(chosen.text, r'value="against"\s+checked')
        self.assertFalse(self.env["tierslieux.open.ballot"].search([]))
        self.cast(chosen.text, choice="against")
        self.assertEqual(
            self.env["tierslieux.open.ballot"].search([]).choice, "against"
        )
        self.assertNotIn(f"{self.page}/choose", self.url_open("/my").text)
        self.assertEqual(self.election._to_vote(self.hedy), self.election)
        self.assertFalse(self.election._to_vote(self.noor))
