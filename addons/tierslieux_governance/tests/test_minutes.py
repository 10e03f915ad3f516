# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import timedelta

from psycopg2 import IntegrityError
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from odoo.addons.tierslieux_network.report.page_foot import stamp

from .common import START, GovernanceCommon


class TestMinutes(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convene(chair_id=cls.ada.id, secretary_id=cls.lea.id)
        cls.give(cls.hedy, cls.ada)
        cls.clock.move_to(START)
        cls.assembly._arrive(cls.ada)
        cls.assembly._arrive(cls.lea, "remote")
        cls.assembly.action_open()
        accounts, election = cls.assembly.motion_ids
        cls.resolution = cls.resolve(accounts)
        election.action_withdraw()
        cls.clock.move_to(START + timedelta(hours=2))
        cls.assembly._leave(cls.lea)

    def setUp(self):
        super().setUp()
        self.clock_at(START + timedelta(hours=2))

    def close_and_sign(self):
        self.assembly.action_close()
        self.assembly.action_sign()
        return self.assembly.minutes_id

    def test_what_they_say(self):
        content = self.close_and_sign().content
        facts = dict(content["facts"])
        self.assertEqual(
            facts["Date"],
            "samedi 24 octobre 2026 à 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00",
        )
        self.assertIn("23 jours ≥ 15, article 9", facts["Preuve du délai"])
        self.assertIn(self.assembly.convocation_ids[0].digest, facts["Convocation"])
        self.assertEqual(
            content["bureau"][:2],
            [["Présidence", "Ada Lovelace"], ["Secrétariat", "Léa Gamma"]],
        )
        self.assertEqual(content["attendance"][-1], ["Total", 5, 2, 1, 1])
        self.assertIn("sur 5 inscrits ≥ 1/4", content["quorum"][0])
        accounts, election = content["points"]
        self.assertEqual(accounts["number"], "2026-01")
        self.assertEqual(accounts["outcome"], "Adoptée")
        self.assertEqual(accounts["verdict"], [self.resolution.verdict_text])
        self.assertEqual(accounts["text"], ["L’assemblée approuve les comptes."])
        self.assertEqual(election["outcome"], "Retirée de l’ordre du jour")
        self.assertFalse(election["accepted"])

    def test_annexes(self):
        content = self.close_and_sign().content
        sheet = {
            line[0]: line for _college, lines in content["sheet"] for line in lines
        }
        self.assertEqual(len(sheet), 5)
        self.assertNotIn("Noor Khan", sheet)
        self.assertEqual(sheet["Ada Lovelace"][2], "site")
        self.assertEqual(sheet["Coop"][1:3], ["Léa Gamma", "remote"])
        stay = sheet["Coop"][3].replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("14 h 00 – 16 h 00", stay)
        self.assertEqual(
            sheet["Hedy Lamarr"][2:], ["represented", "représenté par Ada Lovelace"]
        )
        self.assertEqual(sheet["Atelier"][2], "absent")
        (proxy,) = content["proxies"]
        self.assertEqual((proxy[0], proxy[2]), ("Hedy Lamarr", "Ada Lovelace"))
        self.assertEqual(proxy[4], "compté")

    def test_a_proxy_taken_back_is_told(self):
        self.assembly.proxy_ids._revoke("Arrivée")
        (proxy,) = self.close_and_sign().content["proxies"]
        self.assertIn("Arrivée", proxy[4])

    def test_only_a_closed_meeting_with_its_bureau_is_signed(self):
        with self.assertRaises(UserError):
            self.assembly.action_sign()
        self.assembly.action_close()
        self.assembly.secretary_id = False
        with self.assertRaises(UserError):
            self.assembly.action_sign()
        self.assertEqual(self.assembly.state, "closed")
        self.assembly.secretary_id = self.lea
        self.assembly.action_sign()
        self.assertEqual(self.assembly.state, "minuted")
        with self.assertRaises(UserError):
            self.assembly.action_sign()
        self.assertEqual(len(self.assembly.minutes_ids), 1)

    def test_the_digest_is_that_of_the_content(self):
        minutes = self.close_and_sign()
        self.assertEqual(minutes.digest, minutes._digest(minutes.content))
        other = {**minutes.content, "version": 2}
        self.assertNotEqual(minutes.digest, minutes._digest(other))

    def test_a_correction_is_a_new_version(self):
        first = self.close_and_sign()
        self.assembly.motion_ids[0].debate = "Une question sur les subventions."
        correction = Form(
            self.env["tierslieux.minutes.correction"].with_context(
                **self.assembly.action_correct_minutes()["context"]
            )
        )
        correction.reason = "Un débat manquait."
        correction.secretary_id = self.hedy
        correction.save().action_correct()
        second = self.assembly.minutes_id
        self.assertEqual((first.version, second.version), (1, 2))
        self.assertEqual(second.previous_id, first)
        self.assertEqual(
            second.content["correction"],
            {"version": 1, "digest": first.digest, "reason": "Un débat manquait."},
        )
        self.assertEqual(
            [one.content["bureau"][1][1] for one in (first, second)],
            ["Léa Gamma", "Hedy Lamarr"],
        )
        self.assertFalse(first.content["points"][0]["debate"])
        self.assertTrue(second.content["points"][0]["debate"])

    def test_nobody_changes_them(self):
        minutes = self.close_and_sign()
        for change in (lambda: minutes.write({"reason": "x"}), minutes.unlink):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                change()
                self.env.flush_all()
        board = self.create_user("board")
        with self.assertRaises(AccessError):
            minutes.attachment_id.with_user(board).write({"raw": b"x"})
        self.assertTrue(minutes.attachment_id.with_user(board).has_access("read"))

    def test_the_document(self):
        minutes = self.close_and_sign()
        page = str(
            self.env["ir.actions.report"]
            ._render_qweb_html("tierslieux_governance.report_minutes", minutes.ids)[0]
            .decode()
        )
        for text in (
            "Procès-verbal",
            "Majorité : 2 × 3 pour = 6 &gt; 5 exprimés, article 12",
            "Annexe 1",
            "Annexe 2",
            "Signatures",
        ):
            self.assertIn(text, page)
        self.assertEqual(minutes.attachment_id.mimetype, "application/pdf")

    def test_the_foot_of_each_page(self):
        minutes = self.close_and_sign()
        drawn = io.BytesIO()
        canvas = Canvas(drawn)
        for text in ("Première", "Seconde"):
            canvas.drawString(100, 700, text)
            canvas.showPage()
        canvas.save()
        pdf = stamp(drawn.getvalue(), *minutes._page_foot())
        pages = [page.extract_text() for page in PdfFileReader(io.BytesIO(pdf)).pages]
        for page, text, number in zip(
            pages, ("Première", "Seconde"), ("1 sur 2", "2 sur 2"), strict=True
        ):
            self.assertIn(text, page)
            self.assertIn(minutes.digest, page)
            self.assertIn(f"page {number}", page)

    def test_votes_between_two_dates(self):
        self.assembly.is_asynchronous = True
        self.env["tierslieux.signing"].create(
            {
                "motion_id": self.assembly.motion_ids[0].id,
                "elector_id": self.elector(self.atelier).id,
            }
        )
        content = self.close_and_sign().content
        sheet = {
            line[0]: line for _college, lines in content["sheet"] for line in lines
        }
        self.assertEqual(sheet["Atelier"][2], "voted")
        self.assertEqual(content["attendance"][-1], ["Total", 5, 0, 1, 0])
