# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .tierslieux_membership import RENEWAL_DAYS

COMMUNES_SHOWN = 10
MONTHS_SHOWN = 24
COLLEGE_COLORS = ("#1b7f6e", "#c9780a", "#4b5fa8", "#a83f5f", "#5f6b76")
# Dark enough to be told apart on white, one of the other and without colours.
COLORS = {"open": "#1b7f6e", "project": "#c9780a"}


class Dashboard(models.AbstractModel):
    """The figures the board watches, each with the domain of the records it counts.

    A figure or a point of a chart never carries a number without the domain that
    opens its list: what is counted and what is listed are one and the same.
    """

    _name = "tierslieux.dashboard"
    _description = "Dashboard of the board"

    @api.model
    @api.readonly
    def figures(self):
        """Everything the dashboard shows, in a constant number of queries.

        :return: sections ``{key, title, help, figures, charts}``, where a figure is
            ``{key, label, value, format, detail, model, domain}`` and a chart
            ``{key, title, kind, model, measures, labels, series}``; a series is
            ``{label, color, points}`` with a point a label: ``{domain, values}``,
            values by key of measure. A measure has a format too, and a section may have
            ``tables``: ``{key, title, help, columns, rows}``, a row ``{label, cells}``
            with a figure a column
        :raises AccessError: for anyone but the treasurer and the board
        """
        user = self.env.user
        if not any(
            user.has_group(f"tierslieux_network.group_{group}")
            for group in ("treasurer", "board")
        ):
            raise AccessError(
                self.env._("The dashboard is for the treasurer and the board.")
            )
        return self._sections()

    @api.model
    def _sections(self):
        return [self._members_section(), self._census_section()]

    def _members_section(self):
        memberships = self.env["tierslieux.membership"]
        today = fields.Date.context_today(self)
        on_roll = Domain("on_roll", "=", True)
        renewal = (
            Domain("state", "in", ["member", "due"])
            & Domain("paid_until", "<=", today + timedelta(days=RENEWAL_DAYS))
            & Domain("partner_id.free_member", "=", False)
        )
        late = Domain("arrears", ">", 0)
        by_state, by_college = memberships._read_grouping_sets(
            [], [["state"], ["college_id", "on_roll"]], ["__count"]
        )
        states = dict(by_state)
        members = {college: count for college, member, count in by_college if member}
        [(arrears, owing)] = memberships._read_group(
            late, [], ["arrears:sum", "__count"]
        )

        def figure(key, label, value, domain, **options):
            return self._figure(key, label, value, memberships, domain, **options)

        return {
            "key": "members",
            "title": self.env._("Members"),
            "help": self.env._("The roll of the association, today."),
            "figures": [
                figure(
                    "on_roll",
                    self.env._("Members on the roll"),
                    sum(members.values()),
                    on_roll,
                ),
                figure(
                    "applied",
                    self.env._("Applications waiting"),
                    states.get("applied", 0),
                    Domain("state", "=", "applied"),
                ),
                figure(
                    "admitted",
                    self.env._("Admitted, to pay"),
                    states.get("admitted", 0),
                    Domain("state", "=", "admitted"),
                ),
                figure(
                    "renewal",
                    self.env._("Renewals due"),
                    memberships.search_count(renewal),
                    renewal,
                    detail=self.env._("in %s days or late", RENEWAL_DAYS),
                ),
                figure(
                    "arrears",
                    self.env._("Arrears"),
                    arrears,
                    late,
                    format="money",
                    currency=self.env.company.currency_id.id,
                    detail=self.env._("%s members", owing),
                ),
            ],
            "charts": [
                self._college_chart(members, on_roll),
                self._evolution_chart(today),
            ],
        }

    def _college_chart(self, members, on_roll):
        colleges = self.env["tierslieux.college"].search([])
        return {
            "key": "college",
            "title": self.env._("Members by college"),
            "kind": "bar",
            "model": "tierslieux.membership",
            "measures": self._member_measures(),
            "labels": colleges.mapped("name"),
            "series": [
                {
                    "label": self.env._("Members"),
                    "color": _college_colors(len(colleges)),
                    "points": [
                        {
                            "domain": list(
                                on_roll & Domain("college_id", "=", college.id)
                            ),
                            "values": {"count": members.get(college, 0)},
                        }
                        for college in colleges
                    ],
                }
            ],
        }

    def _evolution_chart(self, today):
        """Members of each college at the end of the last months, and today."""
        colleges = self.env["tierslieux.college"].search([])
        first = today.replace(day=1)
        days = [
            first - relativedelta(months=months) - timedelta(days=1)
            for months in reversed(range(MONTHS_SHOWN))
        ] + [today]
        counts = self._evolution(days)
        return {
            "key": "evolution",
            "title": self.env._("Members over two years"),
            "kind": "line",
            "model": "tierslieux.membership",
            "measures": self._member_measures(),
            "labels": [
                format_date(self.env, day, date_format="MMM yyyy") for day in days
            ],
            "series": [
                {
                    "label": college.name,
                    "color": color,
                    "points": [
                        {
                            "domain": [
                                ("roll_date", "=", fields.Date.to_string(day)),
                                ("college_id", "=", college.id),
                            ],
                            "values": {"count": counts.get((day, college.id), 0)},
                        }
                        for day in days
                    ],
                }
                for college, color in zip(
                    colleges, _college_colors(len(colleges)), strict=True
                )
            ],
        }

    def _evolution(self, days):
        """``{(day, college id): members on the roll that day}``"""
        self.env.flush_all()
        return {
            (day, college): count
            for day, college, count in self.env.execute_query(
                self._query_evolution(days)
            )
        }

    def _query_evolution(self, days):
        """The rule of the roll, asked for each day in one query."""
        return SQL(
            """
            SELECT day.at, member.college_id, count(*)
              FROM unnest(%s::date[]) day (at)
        CROSS JOIN LATERAL (%s) member
          GROUP BY day.at, member.college_id
            """,
            days,
            self.env["tierslieux.membership"]._query_on_roll(SQL("day.at")),
        )

    @api.model
    def _member_measures(self):
        return [{"key": "count", "label": self.env._("Members")}]

    def _census_section(self):
        venues = self.env["tierslieux.venue"]
        known = Domain("state", "in", list(COLORS))
        sums = ["__count", "surface:sum", "capacity:sum"]
        by_state, by_cafe, by_governance, by_category, by_commune = (
            venues._read_grouping_sets(
                known,
                [
                    ["state"],
                    ["state", "has_cafe"],
                    ["state", "participatory_governance"],
                    ["category_id", "state"],
                    ["commune_id", "state"],
                ],
                sums,
            )
        )
        is_open = Domain("state", "=", "open")
        coworking = Domain("category_id.code", "=", "coworking") | Domain(
            "service_ids.code", "=", "coworking"
        )
        totals = {state: values for state, *values in by_state}
        count, surface, capacity = totals.get("open", [0, 0, 0])
        with_cafe = _count(by_cafe, "open", True)
        with_governance = _count(by_governance, "open", True)
        with_coworking = venues.search_count(is_open & coworking)

        def venue_figure(key, label, value, domain=is_open, **options):
            return self._figure(key, label, value, venues, domain, **options)

        def share(key, label, part, domain):
            return venue_figure(
                key,
                label,
                part / count if count else 0,
                is_open & domain,
                format="percent",
                detail=self.env._("%(part)s of %(whole)s", part=part, whole=count),
            )

        return {
            "key": "census",
            "title": self.env._("Census of the venues"),
            "help": self.env._(
                "Open venues, unless a title says otherwise. Closed and archived "
                "venues are left out."
            ),
            "figures": [
                venue_figure("open", self.env._("Open venues"), count),
                venue_figure(
                    "project",
                    self.env._("Venues in project"),
                    totals.get("project", [0])[0],
                    Domain("state", "=", "project"),
                ),
                venue_figure("surface", self.env._("Surface"), surface or 0, unit="m²"),
                venue_figure(
                    "capacity",
                    self.env._("Capacity"),
                    capacity or 0,
                    unit=self.env._("persons"),
                ),
                share(
                    "coworking", self.env._("With coworking"), with_coworking, coworking
                ),
                share(
                    "cafe",
                    self.env._("With a café"),
                    with_cafe,
                    Domain("has_cafe", "=", True),
                ),
                share(
                    "governance",
                    self.env._("Participatory governance"),
                    with_governance,
                    Domain("participatory_governance", "=", True),
                ),
            ],
            "charts": [
                self._state_chart(totals),
                self._group_chart(
                    "category",
                    self.env._("By category"),
                    by_category,
                    lambda category: category.name,
                    lambda category: Domain("category_id", "=", category.id),
                ),
                self._commune_chart(by_commune),
            ],
        }

    def _state_chart(self, totals):
        states = self._states()
        return {
            "key": "state",
            "title": self.env._("Open or in project"),
            "kind": "doughnut",
            "model": "tierslieux.venue",
            "measures": self._measures(),
            "labels": list(states.values()),
            "series": [
                {
                    "label": self.env._("Venues"),
                    "color": list(COLORS.values()),
                    "points": [
                        self._point(totals.get(state), Domain("state", "=", state))
                        for state in states
                    ],
                }
            ],
        }

    def _commune_chart(self, groups):
        """The communes with most venues, and all the others in one line."""
        sizes = {}
        for commune, _state, count, *_sums in groups:
            sizes[commune] = sizes.get(commune, 0) + count
        largest = sorted(
            (commune for commune in sizes if commune),
            key=lambda commune: (-sizes[commune], commune.name),
        )[:COMMUNES_SHOWN]
        shown = {commune.id for commune in largest}
        elsewhere = self.env["tierslieux.commune"]
        merged = {}
        for commune, state, *values in groups:
            key = commune if commune.id in shown else elsewhere
            before = merged.get((key, state), [0, 0, 0])
            merged[key, state] = [
                a + (b or 0) for a, b in zip(before, values, strict=True)
            ]
        rank = {commune: place for place, commune in enumerate([*largest, elsewhere])}
        return self._group_chart(
            "commune",
            self.env._("By commune"),
            [
                (commune, state, *merged[commune, state])
                for commune, state in sorted(
                    merged, key=lambda group: (rank[group[0]], group[1])
                )
            ],
            lambda commune: commune.name or self.env._("Elsewhere"),
            lambda commune: (
                Domain("commune_id", "=", commune.id)
                if commune
                else Domain("commune_id", "not in", list(shown))
            ),
        )

    def _group_chart(self, key, title, groups, label, domain):
        """A bar a group, cut by state.

        :param groups: ``(group, state, count, surface, capacity)``, in order
        :param label: gives the name of a group
        :param domain: gives the domain of a group
        """
        values = {(group, state): sums for group, state, *sums in groups}
        order = list(dict.fromkeys(group for group, _state in values))
        return {
            "key": key,
            "title": title,
            "kind": "bar",
            "model": "tierslieux.venue",
            "measures": self._measures(),
            "labels": [label(group) for group in order],
            "series": [
                {
                    "label": name,
                    "color": COLORS[state],
                    "points": [
                        self._point(
                            values.get((group, state)),
                            domain(group) & Domain("state", "=", state),
                        )
                        for group in order
                    ],
                }
                for state, name in self._states().items()
            ],
        }

    @api.model
    def _states(self):
        field = self.env["tierslieux.venue"]._fields["state"]
        names = dict(field._description_selection(self.env))
        return {state: names[state] for state in COLORS}

    @api.model
    def _measures(self):
        return [
            {"key": "count", "label": self.env._("Venues")},
            {"key": "surface", "label": self.env._("Surface (m²)")},
            {"key": "capacity", "label": self.env._("Capacity (persons)")},
        ]

    @api.model
    def _point(self, sums, domain):
        count, surface, capacity = sums or (0, 0, 0)
        return {
            "domain": list(domain),
            "values": {
                "count": count,
                "surface": surface or 0,
                "capacity": capacity or 0,
            },
        }

    @api.model
    def _figure(self, key, label, value, model, domain, **options):
        return {
            "key": key,
            "label": label,
            "value": value,
            "format": "integer",
            "unit": "",
            "detail": "",
            "model": model._name,
            "domain": list(domain),
            **options,
        }


def _college_colors(number):
    return [COLLEGE_COLORS[rank % len(COLLEGE_COLORS)] for rank in range(number)]


def _count(groups, state, value):
    return sum(
        count
        for group_state, group_value, count, *_sums in groups
        if group_state == state and group_value is value
    )
