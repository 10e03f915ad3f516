# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger

from .common import GovernanceCommon


class TestStatutes(GovernanceCommon):
    def refused(self):
        """The database refuses what is done in this block."""
        return RefusedByDatabase(self)

    def test_the_orm_cannot_change_an_adopted_version(self):
        version = self.statutes
        for change in (
            lambda: version.write({"name": "Autres"}),
            lambda: version.write({"adopted_on": False}),
            lambda: version.unlink(),
            lambda: version.article_ids[0].write({"text": "Autre"}),
            lambda: version.article_ids[0].unlink(),
            lambda: version.rule_ids[0].write({"proxy_cap": 9}),
            lambda: version.weight_ids[0].write({"weight": 9}),
            lambda: version.write(
                {"article_ids": [Command.create({"number": "99", "title": "Neuf"})]}
            ),
        ):
            with self.refused():
                change()

    def test_its_owner_cannot_change_it_by_sql(self):
        values = {
            "id": self.statutes.id,
            "other": self.env.ref("tierslieux_governance.statutes_scic").id,
            "college": self.env["tierslieux.college"]
            .create({"name": "x", "code": "x"})
            .id,
        }
        for text in (
            "UPDATE tierslieux_statutes_version SET name = 'x' WHERE id = %(id)s",
            "DELETE FROM tierslieux_statutes_version WHERE id = %(id)s",
            "UPDATE tierslieux_decision_rule SET proxy_cap = 9"
            " WHERE version_id = %(id)s",
            "DELETE FROM tierslieux_statutes_article WHERE version_id = %(id)s",
            "UPDATE tierslieux_statutes_article SET version_id = %(id)s"
            " WHERE version_id = %(other)s",
            "UPDATE tierslieux_statutes_article SET version_id = %(other)s"
            " WHERE version_id = %(id)s",
            "INSERT INTO tierslieux_college_weight (version_id, college_id, weight)"
            " VALUES (%(id)s, %(college)s, 1)",
            "TRUNCATE tierslieux_statutes_version CASCADE",
            "TRUNCATE tierslieux_decision_rule",
        ):
            query = SQL(text, **values)
            with self.subTest(query.code), self.refused():
                self.env.cr.execute(query)

    def test_a_draft_is_written_and_deleted(self):
        draft = self.statutes.copy({"date_from": date(2027, 1, 1)})
        draft.article_ids[0].text = "Autre"
        draft.rule_ids[0].unlink()
        draft.unlink()
        self.assertFalse(draft.exists())
        self.assertTrue(self.statutes.article_ids)

    def test_in_force(self):
        versions = self.env["tierslieux.statutes.version"]
        later = self.statutes.copy({"date_from": date(2026, 7, 1)})
        self.assertEqual(versions.in_force(date(2026, 8, 1)), self.statutes)
        later.action_adopt()
        self.assertEqual(versions.in_force(date(2026, 6, 30)), self.statutes)
        self.assertEqual(versions.in_force(date(2026, 7, 1)), later)
        self.assertFalse(versions.in_force(date(2025, 12, 31)))

    def test_adopted_once(self):
        with self.assertRaises(UserError):
            self.statutes.action_adopt()

    def test_two_ready_sets_can_be_adopted(self):
        for name in ("association", "scic"):
            draft = self.env.ref(f"tierslieux_governance.statutes_{name}")
            self.assertFalse(draft.adopted_on)
            version = draft.copy({"date_from": date(2030, 1, 1 + len(name))})
            version.action_adopt()
            self.assertEqual(len(version.rule_ids), 4)
            self.assertTrue(version.adopted_on)

    def test_scic_refuses_weights_the_law_refuses(self):
        version = self.env.ref("tierslieux_governance.statutes_scic").copy()
        weights = {line.college_id: line for line in version.weight_ids}
        weights[self.venues].weight = 52
        weights[self.companies].weight = 39
        weights[self.public].weight = 9
        with self.assertRaisesRegex(UserError, "52.%") as refusal:
            version.action_adopt()
        self.assertIn("9\xa0%", str(refusal.exception))
        weights[self.public].unlink()
        weights[self.venues].weight = weights[self.companies].weight = 50
        with self.assertRaises(UserError):
            version.action_adopt()
        self.assertFalse(version.adopted_on)

    def test_a_cited_article_exists(self):
        version = self.statutes.copy({"date_from": date(2027, 1, 1)})
        version.rule_ids[0].quorum_article = "99"
        with self.assertRaisesRegex(UserError, "99"):
            version.action_adopt()

    def test_a_new_version_keeps_everything_and_shows_what_changes(self):
        action = self.statutes.action_new_version()
        version = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(version.replaces_id, self.statutes)
        self.assertFalse(version.adopted_on)
        self.assertEqual(len(version.article_ids), len(self.statutes.article_ids))
        self.assertIn("Rien ne change", version.differences)
        article = version.article_ids.filtered(lambda one: one.number == "9")
        article.text = article.text.replace("quinze", "vingt")
        version.rule_ids.filtered(lambda rule: rule.kind == "ordinary").notice_days = 20
        self.assertRegex(version.differences, "<del[^>]*>quinze</del>")
        self.assertRegex(version.differences, "<ins[^>]*>vingt</ins>")
        self.assertRegex(version.differences, "<ins[^>]*>20</ins>")
        self.assertNotIn("Article 10<", version.differences)

    def test_rules_in_plain_sentences(self):
        rule = self.statutes.rule_ids.filtered(lambda one: one.kind == "extraordinary")
        self.assertIn("Quorum : 1/2 des membres.", rule.summary)
        self.assertIn("(article 11)", rule.summary)
        self.assertIn("2/3", rule.summary)
        self.assertIn("2 pouvoirs au plus", rule.summary)

    def test_a_fraction_that_is_half_typed(self):
        adopted = self.statutes.rule_ids[0]
        typed = adopted.new(origin=adopted)
        typed.quorum_denominator = 0
        self.assertFalse(typed.summary)
        typed.quorum_denominator = 3
        self.assertIn("/3", typed.summary)


class RefusedByDatabase:
    def __init__(self, case):
        self.case = case

    def __enter__(self):
        self.savepoint = self.case.env.cr.savepoint(flush=False)
        self.muted = mute_logger("odoo.sql_db")
        self.savepoint.__enter__()
        self.muted.__enter__()

    def __exit__(self, kind, value, trace):
        env = self.case.env
        if kind is None:
            try:
                env.flush_all()
            except IntegrityError as error:
                kind, value = IntegrityError, error
        self.muted.__exit__(None, None, None)
        self.savepoint.close(rollback=True)
        env.invalidate_all(flush=False)
        env.transaction.clear()
        self.case.assertTrue(
            kind and issubclass(kind, IntegrityError), "The database let it pass."
        )
        self.case.assertIn("adopt", str(value))
        return True
