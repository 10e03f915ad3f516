# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache
from odoo.tools.misc import babel_locale_parse

from ..domain.opening_status import clock
from ..domain.search_terms import query_words
from ..domain.spelling import meant, vocabulary

# Share of a word's trigrams that a person's text must hold to be found by it: a letter
# missing in a word of five, two swapped in a word of six, leave 0.4 of them. And how
# much less alike than the best one a text may be.
SIMILARITY = "0.4"
SIMILARITY_SPREAD = 0.25


class Criteria(NamedTuple):
    """What a visitor asks of the directory; empty values ask nothing."""

    search: str = ""
    category: str = ""
    service: str = ""
    commune: str = ""
    state: str = ""
    accessible: bool = False
    open_now: bool = False
    order: str = "relevance"

    @property
    def words(self):
        return query_words(self.search)


class Directory(models.AbstractModel):
    """What public pages read of the network, and nothing else.

    Visitors have no access right to venues. The queries below name the published
    columns one by one and keep to published, active venues; people are found by the
    text that an audience may see and read through ``_visible_cards`` alone. Nothing
    personal is kept in a cache.
    """

    _name = "tierslieux.directory"
    _description = "Public directory"

    # -- caches -----------------------------------------------------------------

    @api.model
    def _facets(self, version=None):
        """What the published venues can be filtered by, in the user's language:
        ``{"category" | "service" | "commune": {id: {"code", "name", "count", …}},
        "state": {state: count}}``.

        :param version: of the venues, when the caller has it already
        """
        return self._facets_at(version or self._query_version(), self.env.lang)

    @ormcache("version", "lang")
    def _facets_at(self, version, lang):
        counts = self._query_facet_counts()
        facets = {"state": counts["state"]}
        for facet, model in (
            ("category", "tierslieux.venue.category"),
            ("service", "tierslieux.service"),
            ("commune", "tierslieux.commune"),
        ):
            fields = {"category": ["color"], "service": ["icon"]}.get(facet, [])
            key = "insee_code" if facet == "commune" else "code"
            # sudo: labels of reference data are public, visitors have no access right
            domain = [("id", "in", list(counts[facet]))]
            records = (
                self.env[model].sudo().search_fetch(domain, ["name", key, *fields])
            )
            facets[facet] = {
                record.id: {
                    "code": record[key],
                    "name": record.name,
                    "count": counts[facet][record.id],
                    **{field: record[field] for field in fields},
                }
                for record in records
            }
        return facets

    @api.model
    def _markers(self):
        """Published venues that have a place on the map, and their communes; and a
        version that changes with them."""
        version = self._query_version()
        return version, self._markers_at(version, self.env.lang)

    @ormcache("version", "lang")
    def _markers_at(self, version, lang):
        slug = self.env["ir.http"]._slug
        categories = self._facets_at(version, lang)["category"]
        venues, communes = self._query_markers()
        return {
            "categories": {
                key: {"name": value["name"], "color": value["color"]}
                for key, value in categories.items()
            },
            "venues": [
                [
                    id_,
                    name,
                    lat,
                    lng,
                    category,
                    city or "",
                    f"/lieux/{slug((id_, name))}",
                ]
                for id_, name, lat, lng, category, city in venues
            ],
            "communes": communes,
        }

    @ormcache("version")
    def _vocabulary_at(self, version):
        """The words that published venues can be found by."""
        return vocabulary(self._query_search_texts())

    @api.model
    def _figures(self):
        """The network in figures: ``venues``, ``surface``, ``people``, ``communes``."""
        return self._query_figures()

    # -- search -----------------------------------------------------------------

    @api.model
    def _search_venues(self, criteria, limit, offset=0, version=None):
        """``(cards, ids of all the venues found, whether as written)``: the last is
        false when nothing was found, or words were taken for others."""
        self.env.flush_all()
        meanings = []
        if criteria.words:
            known = self._vocabulary_at(version or self._query_version())
            meanings = [meant(word, known) for word in criteria.words]
        cards, ids = self._query_venues(criteria, meanings, limit, offset)
        as_written = meanings == [[word] for word in criteria.words]
        return cards, ids, bool(ids) and as_written

    @api.model
    def _search_people(self, criteria, audience, limit, offset=0, forgive=True):
        """``([(id, {field: value}), …], number found)`` of the people an audience may
        see who answer a search; nobody without one.

        :param forgive: look for typos when nobody answers the search as written
        """
        if not criteria.words:
            return [], 0
        self.env.flush_all()
        asked = criteria.words, audience
        ids, total = self._query_people(*asked, limit, offset)
        if not ids and forgive and not (offset and self._query_people(*asked, 1, 0)[0]):
            ids, total = self._query_people_alike(*asked, limit, offset)
        if not ids:
            return [], total
        values = self.env["tierslieux.profile"]._visible_cards(ids, audience)
        return [(id_, values[id_]) for id_ in ids if id_ in values], total

    @api.model
    def _published_venue(self, venue_id):
        """The venue of a public page, empty when it is not published."""
        # sudo: pages show the fields their template names, of published venues only
        return (
            self.env["tierslieux.venue"]
            .sudo()
            .search([("id", "=", venue_id), ("is_published", "=", True)])
        )

    @api.model
    def _badges(self, venue_ids):
        """``{venue id: [(what the badge says, address of its proof), …]}``: for the
        modules above, in one query for a page."""
        return {}

    @api.model
    def _coming_events(self, venue=None, limit=6):
        """Published events that are not over, of the network or of one venue."""
        domain = Domain("website_published", "=", True)
        domain &= Domain("date_end", ">=", fields.Datetime.now())
        if venue:
            domain &= Domain("address_id", "=", venue.partner_id.id)
        return self.env["event.event"].search(domain, order="date_begin", limit=limit)

    @api.model
    def _event_moment(self, event):
        """When an event begins, where it is held: ``mardi 24 novembre à 18 h 30``."""
        begin = event.date_begin.replace(tzinfo=ZoneInfo("UTC"))
        begin = begin.astimezone(ZoneInfo(event.date_tz or "Europe/Paris"))
        lang = self.env.lang or "fr_FR"
        return self.env._(
            "%(day)s at %(time)s",
            day=format_date(begin, "EEEE d MMMM", locale=babel_locale_parse(lang)),
            time=clock(begin.hour * 60 + begin.minute, lang),
        )

    @api.model
    def _audience(self):
        """The audience that the user of the page belongs to."""
        member = self.env.user.has_group("tierslieux_network.group_member")
        return "network" if member else "public"

    # -- SQL ----------------------------------------------------------------------

    def _query_version(self):
        """A text that changes whenever a published page of a venue may have.

        Sums and not latest dates: a transaction that began earlier and ends later
        changes a sum, and might not change the latest date.
        """
        self.env.flush_all()
        [[version]] = self.env.execute_query(
            SQL(
                """
                SELECT md5(concat_ws('/',
                    count(*),
                    sum(extract(epoch FROM v.write_date)),
                    sum(extract(epoch FROM p.write_date)),
                    (SELECT sum(extract(epoch FROM write_date))
                       FROM tierslieux_venue_category),
                    (SELECT sum(extract(epoch FROM write_date))
                       FROM tierslieux_service),
                    (SELECT concat_ws('/',
                                count(*), sum(extract(epoch FROM write_date)))
                       FROM tierslieux_commune)))
                  FROM tierslieux_venue v
                  JOIN res_partner p ON p.id = v.partner_id
                 WHERE v.active AND v.is_published
                """
            )
        )
        return version

    def _query_facet_counts(self):
        rows = self.env.execute_query(
            SQL(
                """
                WITH venue AS (
                    SELECT id, category_id, commune_id, state FROM tierslieux_venue
                     WHERE active AND is_published)
                SELECT 'category', category_id::text, count(*) FROM venue GROUP BY 2
                 UNION ALL
                SELECT 'commune', commune_id::text, count(*) FROM venue
                 WHERE commune_id IS NOT NULL GROUP BY 2
                 UNION ALL
                SELECT 'state', state, count(*) FROM venue GROUP BY 2
                 UNION ALL
                SELECT 'service', tierslieux_service_id::text, count(*)
                  FROM tierslieux_service_tierslieux_venue_rel r
                  JOIN venue ON venue.id = r.tierslieux_venue_id GROUP BY 2
                """
            )
        )
        counts = {"category": {}, "commune": {}, "service": {}, "state": {}}
        for facet, key, count in rows:
            counts[facet][key if facet == "state" else int(key)] = count
        return counts

    def _query_markers(self):
        venues = self.env.execute_query(
            SQL(
                """
                SELECT v.id, p.name, p.partner_latitude::float8,
                       p.partner_longitude::float8, v.category_id, p.city
                  FROM tierslieux_venue v
                  JOIN res_partner p ON p.id = v.partner_id
                 WHERE v.active AND v.is_published AND v.state != 'closed'
                   AND p.partner_latitude != 0 AND p.partner_longitude != 0
                 ORDER BY p.name
                """
            )
        )
        communes = self.env.execute_query(
            SQL(
                """
                SELECT c.name, avg(p.partner_latitude)::float8,
                       avg(p.partner_longitude)::float8, count(*)
                  FROM tierslieux_venue v
                  JOIN res_partner p ON p.id = v.partner_id
                  JOIN tierslieux_commune c ON c.id = v.commune_id
                 WHERE v.active AND v.is_published AND v.state != 'closed'
                   AND p.partner_latitude != 0 AND p.partner_longitude != 0
                 GROUP BY c.id ORDER BY count(*) DESC, c.name
                """
            )
        )
        return venues, communes

    def _query_figures(self):
        self.env.flush_all()
        [[venues, surface, communes, people]] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), coalesce(sum(surface), 0), count(DISTINCT commune_id),
                       (SELECT count(*) FROM tierslieux_profile pr
                          JOIN res_partner p ON p.id = pr.partner_id AND p.active)
                  FROM tierslieux_venue
                 WHERE active AND is_published AND state = 'open'
                """
            )
        )
        return {
            "venues": venues,
            "surface": surface,
            "communes": communes,
            "people": people,
        }

    def _query_search_texts(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT search_text FROM tierslieux_venue WHERE active AND is_published"
            )
        )
        return [text for [text] in rows if text]

    def _query_venues(self, criteria, meanings, limit, offset):
        """
        :param meanings: for each word asked for, those it may stand for
        """
        conditions = [SQL("v.active"), SQL("v.is_published")]
        if criteria.category:
            conditions.append(
                SQL(
                    "v.category_id IN (SELECT id FROM tierslieux_venue_category "
                    "WHERE code = %s)",
                    criteria.category,
                )
            )
        if criteria.service:
            conditions.append(
                SQL(
                    "EXISTS (SELECT FROM tierslieux_service_tierslieux_venue_rel r "
                    "JOIN tierslieux_service s ON s.id = r.tierslieux_service_id "
                    "WHERE r.tierslieux_venue_id = v.id AND s.code = %s)",
                    criteria.service,
                )
            )
        if criteria.commune:
            conditions.append(
                SQL(
                    "v.commune_id IN (SELECT id FROM tierslieux_commune "
                    "WHERE insee_code = %s)",
                    criteria.commune,
                )
            )
        if criteria.accessible:
            conditions.append(SQL("v.accessibility = 'full'"))
        if criteria.state:
            conditions.append(SQL("v.state = %s", criteria.state))
        else:
            conditions.append(SQL("v.state != 'closed'"))
        if criteria.open_now:
            conditions.append(self._sql_open_now())
        for words in meanings:
            patterns = [f"%{word}%" for word in words]
            conditions.append(SQL("v.search_text LIKE ANY(%s)", patterns))
        if not meanings or not meanings[0] or criteria.order == "name":
            order = SQL("v.sort_name, v.id")
        else:
            # the name comes first in the text
            order = SQL("strpos(v.search_text, %s), v.sort_name, v.id", meanings[0][0])
        rows = self.env.execute_query(
            SQL(
                """
                WITH match AS (
                    SELECT v.id, row_number() OVER (ORDER BY %(order)s) AS position
                      FROM tierslieux_venue v WHERE %(conditions)s),
                page AS (
                    SELECT id, position FROM match
                     ORDER BY position LIMIT %(limit)s OFFSET %(offset)s)
                SELECT v.id, p.name, v.category_id, v.state, p.city, v.summary,
                       v.accessibility, v.has_cafe, v.surface,
                       ARRAY(SELECT tierslieux_service_id
                               FROM tierslieux_service_tierslieux_venue_rel
                              WHERE tierslieux_venue_id = v.id),
                       (SELECT left(checksum, 8) FROM ir_attachment
                         WHERE res_model = 'res.partner' AND res_field = 'image_512'
                           AND res_id = p.id),
                       %(open_now)s,
                       ARRAY(SELECT id FROM match ORDER BY position)
                  FROM page
                  JOIN tierslieux_venue v ON v.id = page.id
                  JOIN res_partner p ON p.id = v.partner_id
                 ORDER BY page.position
                """,
                order=order,
                conditions=SQL(" AND ").join(conditions),
                open_now=self._sql_open_now(),
                limit=limit,
                offset=offset,
            )
        )
        names = (
            "id name category_id state city summary accessibility has_cafe surface "
            "service_ids photo open_now"
        ).split()
        cards = [dict(zip(names, row, strict=False)) for row in rows]
        return cards, rows[0][-1] if rows else []

    def _query_people(self, words, audience, limit, offset):
        """People whose text holds every word."""
        text = SQL.identifier(f"{audience}_text")
        # words are letters, digits, + and #: nothing that LIKE reads as a pattern
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, count(*) OVER () FROM tierslieux_profile WHERE %s
                 ORDER BY strpos(%s, %s), sort_name, id LIMIT %s OFFSET %s
                """,
                SQL(" AND ").join(SQL("%s LIKE %s", text, f"%{w}%") for w in words),
                text,
                words[0],
                limit,
                offset,
            )
        )
        return [row[0] for row in rows], rows[0][1] if rows else 0

    def _query_people_alike(self, words, audience, limit, offset):
        """People whose text holds something like every word, the most alike first."""
        text = SQL.identifier(f"{audience}_text")
        self._query_set_similarity()
        rows = self.env.execute_query(
            SQL(
                """
                WITH alike AS MATERIALIZED (
                    SELECT id, sort_name, (%(likeness)s)::float8 AS likeness
                      FROM tierslieux_profile WHERE %(alike)s)
                SELECT id, count(*) OVER () FROM alike
                 WHERE likeness >= (SELECT max(likeness) FROM alike) - %(spread)s
                 ORDER BY likeness DESC, sort_name, id
                 LIMIT %(limit)s OFFSET %(offset)s
                """,
                alike=SQL(" AND ").join(SQL("%s <%% %s", w, text) for w in words),
                likeness=SQL(" + ").join(
                    SQL("word_similarity(%s, %s)", w, text) for w in words
                ),
                spread=SIMILARITY_SPREAD,
                limit=limit,
                offset=offset,
            )
        )
        return [row[0] for row in rows], rows[0][1] if rows else 0

    def _query_set_similarity(self):
        """How much ``<%`` forgives, for this transaction."""
        self.env.execute_query(
            SQL(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
                SIMILARITY,
            )
        )

    def _sql_open_now(self):
        """Whether ``v`` is open at this moment in the time zone of its calendar."""
        return SQL(
            """
            (v.state = 'open' AND EXISTS (
                SELECT FROM resource_calendar c
                  JOIN resource_calendar_attendance a ON a.calendar_id = c.id
                 CROSS JOIN LATERAL (SELECT now() AT TIME ZONE c.tz AS here) clock
                 WHERE c.id = v.calendar_id
                   AND a.dayofweek = (extract(isodow FROM here) - 1)::text
                   AND a.display_type IS NULL AND a.day_period != 'lunch'
                   -- two weeks that take turns, as the core counts them: from the
                   -- first Monday of year 1
                   AND (c.two_weeks_calendar IS NOT TRUE
                        OR coalesce(a.week_type, '0')::integer
                           = (here::date - DATE '0001-01-01') / 7 %% 2)
                   AND extract(epoch FROM here::time) / 3600 >= a.hour_from
                   AND extract(epoch FROM here::time) / 3600 < a.hour_to
            ) AND NOT EXISTS (
                SELECT FROM resource_calendar_leaves l
                 WHERE l.calendar_id = v.calendar_id AND l.resource_id IS NULL
                   AND l.date_from <= now() AT TIME ZONE 'UTC'
                   AND l.date_to > now() AT TIME ZONE 'UTC'))
            """
        )
