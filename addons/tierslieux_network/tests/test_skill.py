# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from .common import NetworkCommon


class TestSkill(NetworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for language in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(language)
        cls.field = cls.env["tierslieux.skill"].create({"name": "Gardening"})
        cls.skill = cls.field.create({"name": "Pruning", "parent_id": cls.field.id})
        cls.field.with_context(lang="fr_FR").name = "Jardinage"
        cls.skill.with_context(lang="fr_FR").name = "Taille"

    def test_shown_with_its_field_in_the_language_of_the_reader(self):
        self.assertEqual(self.skill.display_name, "Gardening / Pruning")
        french = self.skill.with_context(lang="fr_FR")
        self.assertEqual(french.display_name, "Jardinage / Taille")

    def test_found_by_its_name_or_its_field(self):
        skills = self.env["tierslieux.skill"].with_context(lang="fr_FR")
        self.assertIn(self.skill.id, dict(skills.name_search("taille")))
        self.assertIn(self.skill.id, dict(skills.name_search("jardin")))

    def test_people_are_searched_in_french(self):
        person = self.env["tierslieux.profile"].create(
            {
                "name": "Zoé Bêta",
                "skill_ids": self.skill.ids,
                "visibility_name": "public",
                "visibility_skills": "public",
            }
        )
        self.assertIn("jardinage taille", person.public_text)

    def test_a_skill_does_not_stand_under_itself(self):
        with self.assertRaises(UserError):
            self.field.parent_id = self.skill
