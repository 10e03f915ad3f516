# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


import base64

from odoo import api, models
from odoo.tools import SQL, format_date

from odoo.addons.tierslieux_network.domain import public_code as codes
from odoo.addons.tierslieux_network.domain.search_terms import query_words

from ..domain import licence as rule


class BrandLicence(models.Model):
    """What the public reads of licences, and the certificate."""

    _inherit = "tierslieux.brand.licence"

    @api.model
    def _verify(self, text):
        """What a passer-by is told of a code.

        :return: ``{"answer": altered | unknown | a state, …}`` with, for a licence, the
            published facts of :meth:`_query_published`
        """
        try:
            code = codes.read(text)
        except codes.Altered:
            return {"answer": "altered"}
        rows, _total = self._query_published(
            SQL("true"), 1, which=SQL("l.code = %s", code)
        )
        if not rows:
            return {"answer": "unknown"}
        return {"answer": rows[0]["state"], **rows[0]}

    @api.model
    def _public_register(self, search="", state="", brand_id=0, limit=50, offset=0):
        """``([{…}, …], number found)``: the public register, by name of venue."""
        conditions = [
            SQL("v.search_text LIKE %s", f"%{w}%") for w in query_words(search)
        ]
        if state in (rule.VALID, rule.SUSPENDED, rule.WITHDRAWN, rule.EXPIRED):
            conditions.append(SQL("s.state = %s", state))
        else:
            conditions.append(SQL("s.state != 'pending'"))
        if brand_id:
            conditions.append(SQL("s.brand_id = %s", brand_id))
        return self._query_published(SQL(" AND ").join(conditions), limit, offset)

    @api.model
    def _query_published(self, condition, limit, offset=0, which=None):
        """Published facts of licences: who may use a mark is no secret. Of the motives
        of a suspension nothing is told."""
        self.env["tierslieux.brand.licence.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT page.*, r.number FROM (
                    SELECT s.id, s.number, s.code, s.state, s.date_from, s.date_to,
                           s.since, b.name, v.id AS venue_id, v.sort_name, p.city,
                           v.active AND v.is_published AS is_published, s.rules_id,
                           count(*) OVER () AS found
                      FROM (%(standings)s) s
                      JOIN tierslieux_brand b ON b.id = s.brand_id
                      JOIN tierslieux_venue v ON v.id = s.venue_id
                      JOIN res_partner p ON p.id = v.partner_id
                     WHERE %(condition)s
                     ORDER BY v.sort_name, s.id LIMIT %(limit)s OFFSET %(offset)s
                ) page
                  LEFT JOIN tierslieux_brand_rules r ON r.id = page.rules_id
                 ORDER BY page.sort_name, page.id
                """,
                standings=self._sql_standings(which),
                condition=condition,
                limit=limit,
                offset=offset,
            )
        )
        names = (
            "id number code state date_from date_to since brand venue_id venue city "
            "is_published rules_id found rules"
        ).split()
        rows = [dict(zip(names, row, strict=True)) for row in rows]
        return rows, rows[0]["found"] if rows else 0

    def _verification_url(self):
        """What the QR code says."""
        self.ensure_one()
        return f"{self.get_base_url()}/marque/verifier/{self.code}"

    def _shown_code(self):
        return codes.show(self.code)

    def _qr_base64(self, size=600):
        png = self.env["ir.actions.report"].barcode(
            "QR", self._verification_url(), width=size, height=size, barLevel="M"
        )
        return base64.b64encode(png).decode()

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            f"{self.brand_id.holder_id.name} · {self.number}",
            self._verification_url(),
        ], self.env._("page %(page)s of %(pages)s")

    def _history(self):
        """``[(day, what, motive), …]``, the last first, for those who run the venue."""
        kinds = dict(self.event_ids._fields["kind"]._description_selection(self.env))
        return [
            (
                format_date(self.env, event.date, date_format="long"),
                kinds[event.kind],
                event.motive or "",
            )
            for event in self.event_ids.sorted("id", reverse=True)
        ]

    def _period_sentence(self):
        return self.env._(
            "From %(start)s to %(end)s.",
            start=format_date(self.env, self.date_from, date_format="long"),
            end=format_date(self.env, self.date_to, date_format="long"),
        )

    def _may_use_kit(self):
        return self.state == rule.VALID

    def _appeal(self, motive):
        """The venue appeals against a suspension or a withdrawal."""
        self.ensure_one()
        self._record(rule.APPEAL, motive=motive)
        self._write_to(
            # sudo: the committee is told, whoever appeals
            self.sudo().brand_id.committee_ids,
            self.env._("Appeal about the licence %s", self.number),
            [
                motive,
                self.env._(
                    "The board answers it: Marks › Licences › %s. "
                    "What the public sees:",
                    self.number,
                ),
            ],
            f"/marque/verifier/{self.code}",
        )

    @api.model
    def _of_manager(self, user):
        """The licences of the venues a user runs."""
        # sudo: the venues a user runs are what decides
        return self.sudo().search([("venue_id.manager_ids", "in", user.ids)])
