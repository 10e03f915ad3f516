# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..domain import census, census_file
from ..domain.census_columns import NAMES

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}


class Venue(models.Model):
    """What anyone may take: the published venues, without any person."""

    _inherit = "tierslieux.venue"

    @api.model
    def _open_data_own_columns(self):
        """``{column: what it holds}`` of the JSON files, beside the standard's."""
        _ = self.env._
        return {
            "categorie": _("category of the venue in the network's census"),
            "etat": _("open, project or closed"),
            "surface": _("surface in square metres"),
            "capacite": _("persons that the venue can welcome at once"),
            "espace_cafe": _("whether it has a café"),
            "gouvernance_partagee": _("whether users take part in its decisions"),
            "accessibilite": _("access for persons with reduced mobility"),
            "offre": _("services of the venue"),
            "publics": _("whom it is for"),
            "date_ouverture": _("opening date"),
            "date_fermeture": _("closing date"),
            "page": _("page of the venue in the directory"),
        }

    @api.model
    @ormcache("extension", "digest")
    def _open_data_size(self, extension, digest):
        """Bytes of a file, counted once for each version of the data."""
        return len(getattr(self, f"_open_data_{extension}")(self.get_base_url()))

    @api.model
    def _open_data_venues(self):
        domain = [("is_published", "=", True)]
        # in French, as the standard is: the same file for everybody
        return self.with_context(lang="fr_FR").search(domain, order="identifier, id")

    def _open_data_row(self):
        return census.to_row(self._census_standard_values())

    @api.model
    def _open_data_csv(self, base_url):
        """The national standard; a venue that it has no place for (without commune or
        postcode) is left out, so that the file stays valid."""
        rows = (venue._open_data_row() for venue in self._open_data_venues())
        return census_file.write_table(
            NAMES,
            [row.values() for row in rows if not census.missing_columns(row)],
        )

    @api.model
    def _open_data_json(self, base_url):
        venues = self._open_data_venues()
        return self._json(
            {
                "licence": LICENCE,
                "lieux": [venue._open_data_values(base_url) for venue in venues],
            }
        )

    @api.model
    def _open_data_geojson(self, base_url):
        """Those that have a place on the map (RFC 7946: longitude first)."""
        features = [
            {
                "type": "Feature",
                "id": venue.identifier,
                "geometry": {
                    "type": "Point",
                    "coordinates": [venue.partner_longitude, venue.partner_latitude],
                },
                "properties": venue._open_data_values(base_url),
            }
            for venue in self._open_data_venues()
            if venue.partner_latitude or venue.partner_longitude
        ]
        return self._json(
            {"type": "FeatureCollection", "licence": LICENCE, "features": features}
        )

    def _open_data_values(self, base_url):
        """The standard's columns and ours, those that have a value."""
        label = self._open_data_label
        values = {
            **self._open_data_row(),
            "categorie": self.category_id.name,
            "etat": label("state"),
            "surface": self.surface,
            "capacite": self.capacity,
            "espace_cafe": self.has_cafe,
            "gouvernance_partagee": self.participatory_governance,
            "accessibilite": label("accessibility"),
            "offre": self.service_ids.mapped("name"),
            "publics": self.audience_ids.mapped("name"),
            "date_ouverture": fields.Date.to_string(self.opening_date),
            "date_fermeture": fields.Date.to_string(self.closing_date),
            "page": base_url + self.website_url,
        }
        for name in ("latitude", "longitude"):
            values[name] = float(values[name]) if values[name] else None
        flags = ("espace_cafe", "gouvernance_partagee")
        return {k: v for k, v in values.items() if v or k in flags}

    def _open_data_label(self, name):
        return dict(self._fields[name]._description_selection(self.env))[self[name]]

    @api.model
    def _json(self, value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @api.model
    def _query_open_data_version(self):
        """What the files depend on, in one query and without reading them.

        :return: ``{"count": venues, "date": of the last change, "digest": text}``
        """
        self.env.flush_all()
        parts = [
            self._query_part("tierslieux_service", SQL("TRUE")),
            self._query_part("tierslieux_audience", SQL("TRUE")),
            self._query_part("tierslieux_venue_category", SQL("TRUE")),
            self._query_part("tierslieux_commune", SQL("TRUE")),
            self._query_part(
                "res_partner",
                SQL(
                    "t.id IN (SELECT partner_id FROM tierslieux_venue UNION ALL "
                    "SELECT structure_id FROM tierslieux_venue)"
                ),
            ),
            self._query_part(
                "resource_calendar_attendance",
                SQL("t.calendar_id IN (SELECT calendar_id FROM tierslieux_venue)"),
            ),
            self._query_part("tierslieux_venue", SQL("t.is_published AND t.active")),
        ]
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return {
            "count": rows[-1][0],
            "date": max(date for __, __, date in rows if date),
            "digest": hashlib.sha256(repr(rows).encode()).hexdigest()[:32],
        }

    @api.model
    def _query_part(self, table, condition):
        return SQL(
            "SELECT COUNT(*), SUM(t.id), MAX(t.write_date) FROM %s t WHERE %s",
            SQL.identifier(table),
            condition,
        )
