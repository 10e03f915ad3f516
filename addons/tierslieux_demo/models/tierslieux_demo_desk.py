# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from ..domain import desk

REASONS = (
    "Je suis parti avant midi et j’ai oublié de passer à l’accueil.",
    "Ce jour-là je n’ai fait que déposer un colis.",
    "J’étais là dès l’ouverture.",
)


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [*super()._stages(), (self.env._("desk of a venue"), "_load_desk")]

    def _load_desk(self, data, ids):
        """What the desk of the first managed venue has seen: who came on its last open
        day, who was refused, who is there now; corrections that were asked for."""
        key = next(iter(data["roles"]["managers"]))
        venue = self.env["tierslieux.venue"].browse(ids["venues"][key])
        if venue.id not in [ids["venues"][one] for one in data["passes"]["venues"]]:
            return
        taps = self.env["tierslieux.visit.tap"].with_user(venue.manager_ids[:1])
        week, closed = data["venues"][key]["week"], data["closed"].get(key, ())
        today = fields.Date.context_today(self)
        before = self._span(desk.last_opening(week, closed, today))
        now = fields.Datetime.now()
        passes = self._quiet_passes(now - timedelta(days=7))
        for pass_id, act, instant in desk.acts(
            passes.ids,
            before,
            today not in closed and self._span(desk.opening(week, today)),
            now,
        ):
            holder, name = passes.browse(pass_id), f"{pass_id} {instant}"
            taps._receive_pass(venue, holder, "desk", name, instant, act)
        seen = before[0] if before else now
        taps._receive(venue, "CARTE-DE-CANTINE", "scanner", "unknown", seen)
        yield 1, 2
        self._load_corrections(venue)
        yield 2, 2

    def _span(self, opening):
        return opening and tuple(map(self._utc, opening))

    def _quiet_passes(self, since):
        """Active passes that were nowhere since then, so that a tap contradicts no
        visit; not of those who sign in and may come by themselves."""
        seen = self.env["tierslieux.visit"].search([("check_out", ">=", since)])
        return self.env["tierslieux.pass"].search(
            [
                ("state", "=", "active"),
                ("id", "not in", seen.pass_id.ids),
                ("partner_id.user_ids", "=", False),
            ],
            limit=desk.SOME,
            order="id",
        )

    def _load_corrections(self, venue):
        """One is asked for, one was accepted, one refused."""
        visits = self.env["tierslieux.visit"].search(
            [
                ("venue_id", "=", venue.id),
                ("check_out", ">=", fields.Datetime.now() - timedelta(days=10)),
                ("corrected_by_ids", "=", False),
                ("estimated", "=", False),
                ("minutes", ">", 60),
            ],
            order="check_out desc",
            limit=len(REASONS),
        )
        asked = [
            visit._ask_correction(reason, **desk.wanted(rank, visit.check_in))
            for rank, (visit, reason) in enumerate(
                zip(visits, REASONS, strict=False)
            )
        ]
        manager = venue.manager_ids[:1]
        for request, (accept, answer) in zip(asked[1:], desk.ANSWERS, strict=False):
            request.with_user(manager)._decide(accept, answer)
