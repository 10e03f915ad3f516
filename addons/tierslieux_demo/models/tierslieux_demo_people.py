# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

BATCH = 1000


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_people(self, data, ids):
        skills = self._skills(data["people"])
        stages = self._codes("tierslieux.creation.stage")
        france = self.env.ref("base.fr").id
        people = ids["people"] = {}
        contacts = ids["contacts"] = {}
        for batch, done, total in self._batches(data["people"], BATCH):
            profiles = self.env["tierslieux.profile"].create(
                [
                    {
                        **{
                            field: row[field]
                            for field in (
                                "name",
                                "email",
                                "phone",
                                "zip",
                                "city",
                                "headline",
                                "biography",
                                "is_mentor",
                            )
                        },
                        **{
                            f"visibility_{field}": choice
                            for field, choice in row["visibility"].items()
                        },
                        "skill_ids": [
                            fields.Command.set([skills[s] for s in row["skills"]])
                        ],
                        "mentor_stage_ids": [
                            fields.Command.set([stages[s] for s in row["stages"]])
                        ],
                        "home_venue_id": ids["venues"].get(row["home"]),
                        "country_id": france,
                        "lang": "fr_FR",
                        "tz": "Europe/Paris",
                    }
                    for row in batch
                ]
            )
            for row, profile in zip(batch, profiles, strict=True):
                people[row["key"]] = profile.id
                contacts[row["key"]] = profile.partner_id.id
            yield done, total

    def _skills(self, people):
        names = {skill for row in people for skill in row["skills"]}
        return {
            name: self.env.ref(f"tierslieux_network.skill_{name}").id for name in names
        }
