# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import census, rich_text
from ..domain.search_terms import normalise

# key of domain/census.py → field of a venue, when the value is stored as it is
FIELDS = {
    "identifier": "identifier",
    "name": "name",
    "city": "city",
    "zip": "zip",
    "street": "street",
    "street2": "street2",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "summary": "summary",
    "accessibility_url": "accessibility_url",
    "updated_on": "standard_updated_on",
    "state": "state",
    "surface": "surface",
    "capacity": "capacity",
    "cafe": "has_cafe",
    "governance": "participatory_governance",
    "opened_on": "opening_date",
    "closed_on": "closing_date",
    "latitude": "partner_latitude",
    "longitude": "partner_longitude",
}
# and when it is not
OTHER_FIELDS = {
    "hours": "opening_hours",
    "description": "description",
    "category": "category_id",
    "services": "service_ids",
    "audiences": "audience_ids",
    "standard": "standard_values",
    "insee": "commune_id",
    "holder": "structure_id",
}


class Venue(models.Model):
    """A venue as a census knows it: the values of domain/census.py."""

    _inherit = "tierslieux.venue"

    @api.model
    def _census_labels(self):
        """``{key of the values: name of the field}`` in the user's language."""
        names = {**FIELDS, **OTHER_FIELDS}
        labels = self.fields_get(list(names.values()), ["string"])
        return {key: labels[name]["string"] for key, name in names.items()}

    def _census_values(self):
        """``{venue id: values}``: what is known of venues, as a census says it.

        ``holder`` is the id of the holding structure; ``services`` and ``audiences``
        are codes.
        """
        return {v.id: census.as_read(v._census_values_one()) for v in self}

    def _census_values_one(self):
        values = {key: self[name] for key, name in FIELDS.items()}
        values.update(
            description=rich_text.to_text(self.description),
            hours=self._weekly_hours(),
            category=self.category_id.code,
            services=frozenset(self.service_ids.mapped("code")),
            audiences=frozenset(self.audience_ids.mapped("code")),
            standard=self.standard_values or {},
            insee=self.commune_id.insee_code,
            holder=self.structure_id.id,
        )
        values = {key: value for key, value in values.items() if value}
        if self.partner_latitude or self.partner_longitude:
            values["latitude"] = self.partner_latitude
            values["longitude"] = self.partner_longitude
        return values

    def _census_standard_values(self):
        """The values of a venue that ``domain.census.to_row`` writes."""
        values = self._census_values_one()
        structure = self.structure_id
        if structure.is_company:
            registry = structure.company_registry or ""
            values["siret"] = registry if len(registry) == 14 else ""
            values["rna"] = structure.rna or ""
        values.setdefault("city", self.commune_id.name or "")
        values.setdefault("zip", self.commune_id.zip or "")
        values.setdefault("updated_on", self.write_date.date())
        for key, name in (("services", "service_ids"), ("audiences", "audience_ids")):
            values[key] = set(self[name].mapped("standard_value")) - {False}
        return values

    @api.model
    def _census_resolve(self, all_values):
        """Replace, in the values of a file, what names a record of the network.

        ``siret``, ``rna`` and ``structure`` become ``holder``: the id of a contact, or
        a key of the structures to create; a commune without code gets its ``insee``
        when it is known by postcode and name. In place, in as many queries for one
        line as for ten thousand.

        :return: ``{key: values of a structure to create}``
        """
        partner_of = {}
        for partner_id, siret, rna, name in self._query_census_holders(all_values):
            for key in filter(None, (siret, rna, name and normalise(name))):
                partner_of.setdefault(key, partner_id)
        insee_of = self._census_insee_codes(all_values)
        # a structure that the file names without number, and elsewhere with it
        number_of = {}
        for values in all_values:
            number = values.get("siret") or values.get("rna")
            if number and values.get("structure"):
                number_of.setdefault(normalise(values["structure"]), number)
        new = {}
        for values in all_values:
            place = values.get("zip"), normalise(values.get("city"))
            if "insee" not in values and place in insee_of:
                values["insee"] = insee_of[place]
            siret, rna = values.pop("siret", None), values.pop("rna", None)
            name = values.pop("structure", None)
            key = siret or rna or number_of.get(normalise(name), normalise(name))
            if not key:
                continue
            values["holder"] = partner_of.get(key) or key
            if key not in partner_of:
                new.setdefault(
                    key,
                    {
                        "name": name or values.get("name"),
                        "company_registry": siret or False,
                        "rna": rna or False,
                    },
                )
        return new

    @api.model
    def _census_insee_codes(self, all_values):
        """``{(postcode, normalised name): INSEE code}`` of the communes met once."""
        zips = {values["zip"] for values in all_values if "zip" in values}
        codes = {}
        for commune in self.env["tierslieux.commune"].search([("zip", "in", [*zips])]):
            key = commune.zip, normalise(commune.name)
            codes.setdefault(key, set()).add(commune.insee_code)
        return {key: found.pop() for key, found in codes.items() if len(found) == 1}

    @api.model
    def _census_prepare_records(self, all_values, holders):
        """The records that the values name, those that lack created.

        :param holders: what ``_census_resolve`` returned
        :return: ``{key of the values: {value: id}}``
        """
        france = self.env.ref("base.fr").id
        partners = self.env["res.partner"].create(
            [
                {**vals, "is_company": True, "country_id": france}
                for vals in holders.values()
            ]
        )
        place_of = {v["insee"]: v for v in all_values if v.get("insee")}
        communes = self.env["tierslieux.commune"]
        known = communes.search([("insee_code", "in", [*place_of])])
        known += communes.create(
            [
                {
                    "insee_code": code,
                    "name": values.get("city") or code,
                    "zip": values.get("zip"),
                }
                for code, values in place_of.items()
                if code not in set(known.mapped("insee_code"))
            ]
        )
        return {
            "holder": dict(zip(holders, partners.ids, strict=True)),
            "insee": {commune.insee_code: commune.id for commune in known},
            **{
                key: {record.code: record.id for record in self.env[model].search([])}
                for key, model in (
                    ("category", "tierslieux.venue.category"),
                    ("services", "tierslieux.service"),
                    ("audiences", "tierslieux.audience"),
                )
            },
        }

    @api.model
    def _census_create(self, all_values, records, defaults):
        """Create venues in one batch.

        :param records: of ``_census_prepare_records``
        :param defaults: values of the fields that a line does not give
        """
        # A new venue has no history to keep: no message, no tracking.
        self = self.with_context(tracking_disable=True, mail_create_nosubscribe=True)
        # A new contact without parent has no field to share with others.
        self = self.with_context(_partners_skip_fields_sync=True)
        vals_list = [{**defaults, **self._census_vals(v, records)} for v in all_values]
        opened = [rank for rank, v in enumerate(all_values) if v.get("hours")]
        calendar_ids = self._create_calendars(
            [(vals_list[r]["name"], None, all_values[r]["hours"]) for r in opened]
        )
        for rank, calendar_id in zip(opened, calendar_ids, strict=True):
            vals_list[rank]["calendar_id"] = calendar_id
        self.create(vals_list)

    @api.model
    def _census_write(self, changed, records):
        """Write what changes: ``{venue id: values}``."""
        venues = self.browse(changed)
        for venue in venues:
            vals = self._census_vals(changed[venue.id], records)
            if vals:
                venue.write(vals)
        venues._set_weekly_hours(
            {v: changed[v.id]["hours"] for v in venues if "hours" in changed[v.id]}
        )

    @api.model
    def _census_vals(self, values, records):
        """Values of fields out of values of a census, but for the hours."""
        vals = {FIELDS[key]: value for key, value in values.items() if key in FIELDS}
        if "description" in values:
            vals["description"] = rich_text.to_html(values["description"])
        if "standard" in values:
            vals["standard_values"] = {k: v for k, v in values["standard"].items() if v}
        for key in ("category", "insee"):
            if key in values:
                vals[OTHER_FIELDS[key]] = records[key].get(values[key], False)
        if "holder" in values:
            holder = values["holder"]
            vals["structure_id"] = records["holder"].get(holder, holder)
        for key in ("services", "audiences"):
            if key in values:
                ids = sorted(records[key][code] for code in values[key])
                vals[OTHER_FIELDS[key]] = [fields.Command.set(ids)]
        return vals

    @api.model
    def _query_census_known(self):
        """``(id, identifier, name, commune, registers)`` of every venue."""
        self.env["tierslieux.venue"].flush_model()
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT v.id, v.identifier, p.name, COALESCE(p.city, c.name),
                       s.company_registry, s.rna
                  FROM tierslieux_venue v
                  JOIN res_partner p ON p.id = v.partner_id
             LEFT JOIN tierslieux_commune c ON c.id = v.commune_id
             LEFT JOIN res_partner s ON s.id = v.structure_id
              ORDER BY v.id
                """
            )
        )
        return [(*row[:4], frozenset(filter(None, row[4:]))) for row in rows]

    @api.model
    def _query_census_holders(self, all_values):
        """``(id, SIRET, RNA, name)`` of the companies that a file may speak of, those
        that hold venues already before the others. A name finds only such holders."""
        self.env["tierslieux.venue"].flush_model(["structure_id"])
        self.env["res.partner"].flush_model(
            ["name", "company_registry", "rna", "is_company", "active"]
        )
        sirets = [values["siret"] for values in all_values if values.get("siret")]
        rnas = [values["rna"] for values in all_values if values.get("rna")]
        return self.env.execute_query(
            SQL(
                """
                SELECT p.id, p.company_registry, p.rna,
                       CASE WHEN h.structure_id IS NOT NULL THEN p.name END
                  FROM res_partner p
             LEFT JOIN (SELECT DISTINCT structure_id FROM tierslieux_venue) h
                    ON h.structure_id = p.id
                 WHERE p.is_company AND p.active
                   AND (h.structure_id IS NOT NULL
                        OR p.company_registry = ANY(%s) OR p.rna = ANY(%s))
              ORDER BY h.structure_id IS NULL, p.id
                """,
                sirets,
                rnas,
            )
        )
