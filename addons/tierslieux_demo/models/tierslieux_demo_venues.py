# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from markupsafe import Markup

from odoo import fields, models

from .. import illustrations
from ..domain import reference

BATCH = 50
PARAGRAPH = Markup("<p>%s</p>")
DISCLAIMER = Markup(
    "<p>Donnée de démonstration, sans lien avec la collectivité réelle.</p>"
)
SAME = [
    "name",
    "state",
    "street",
    "zip",
    "city",
    "surface",
    "capacity",
    "accessibility",
    "accessibility_note",
    "has_cafe",
    "participatory_governance",
    "opening_date",
    "closing_date",
    "summary",
    "email",
    "website",
    "phone",
]


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_communes(self, data, ids):
        rows = reference.communes()
        communes = self.env["tierslieux.commune"]
        known = {
            commune.insee_code: commune.id
            for commune in communes.search([("insee_code", "in", list(rows))])
        }
        absent = [code for code in rows if code not in known]
        columns = ["insee_code", "name", "zip", "latitude", "longitude"]
        created = communes.create(
            [{column: rows[code][column] for column in columns} for code in absent]
        )
        ids["communes"] = {**known, **dict(zip(absent, created.ids, strict=True))}
        yield len(rows), len(rows)

    def _load_organisations(self, data, ids):
        forms = self._codes("tierslieux.legal.form")
        france = self.env.ref("base.fr").id
        found = ids["organisations"] = {}
        for batch, done, total in self._batches(data["organisations"], BATCH):
            partners = self.env["res.partner"].create(
                [
                    {
                        "name": row["name"],
                        "is_company": True,
                        "country_id": france,
                        "legal_form_id": forms[row["legal_form"]],
                        "company_registry": row["siret"],
                        "rna": row["rna"] or False,
                        "street": row["street"],
                        "zip": row["zip"],
                        "city": row["city"],
                        "email": row["email"],
                        "phone": row["phone"],
                        "comment": DISCLAIMER if row["kind"] == "public" else False,
                        "lang": "fr_FR",
                        "tz": "Europe/Paris",
                    }
                    for row in batch
                ]
            )
            found.update(zip((row["key"] for row in batch), partners.ids, strict=True))
            yield done, total

    def _load_venues(self, data, ids):
        codes = {
            name: self._codes(f"tierslieux.{name}")
            for name in ("venue.category", "service", "audience")
        }
        pictures = [base64.b64encode(data) for data in illustrations.facades()]
        found = ids["venues"] = {}
        for batch, done, total in self._batches(data["venues"], BATCH):
            venues = self.env["tierslieux.venue"].create(
                [
                    self._venue_values(row, data, ids, codes)
                    | {"image_1920": pictures[row["picture"]]}
                    for row in batch
                ]
            )
            found.update(zip((row["key"] for row in batch), venues.ids, strict=True))
            yield done, total

    def _venue_values(self, row, data, ids, codes):
        return {
            **{field: row[field] for field in SAME},
            "category_id": codes["venue.category"][row["category"]],
            "service_ids": [
                fields.Command.set([codes["service"][c] for c in row["services"]])
            ],
            "audience_ids": [
                fields.Command.set([codes["audience"][c] for c in row["audiences"]])
            ],
            "commune_id": ids["communes"][row["insee_code"]],
            "structure_id": ids["organisations"][data["holders"][row["key"]]],
            "partner_latitude": row["latitude"],
            "partner_longitude": row["longitude"],
            "opening_hours": row["hours"],
            "description": Markup().join(PARAGRAPH % p for p in row["paragraphs"]),
            "lang": "fr_FR",
            "tz": "Europe/Paris",
            "is_published": True,
        }
