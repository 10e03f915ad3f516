# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

from freezegun import freeze_time
from markupsafe import Markup

from odoo import fields, models

from ..domain import assemblies, turnout

PARAGRAPH = Markup("<p>%s</p>")
# Held in the past, each act at its hour, and told to nobody
HOLDING = {
    "queue_job__no_delay": True,
    "tierslieux_no_invitation": True,
    "tierslieux_demo_clock": True,
    "mail_activity_quick_update": True,
}
TEAM = ("member", "facilitator", "treasurer")
ROLES = ("vice_chair", "secretary", "treasurer")
PDF_MISSING = ("install", "broken")


class Demo(models.AbstractModel):
    """Assemblies, held by the very acts that hold real ones."""

    _inherit = "tierslieux.demo"

    def _stages(self):
        return [*super()._stages(), (self.env._("assemblies"), "_load_assemblies")]

    def _load_assemblies(self, data, ids):
        today = fields.Date.context_today(self)
        plans = assemblies.generate(today)
        ids["team"] = [ids["contacts"][data["roles"][role]] for role in TEAM]
        ids["board"] = [ids["contacts"][key] for key in data["roles"]["board"]]
        ids["headlines"] = {
            ids["contacts"][row["key"]]: row["headline"] for row in data["people"]
        }
        chair = self.env["res.partner"].browse(ids["board"][0]).user_ids
        board = self.with_user(chair).with_context(**HOLDING)
        acts = (
            (board._hold_annual, plans["annual"]),
            (board._hold_consultation, plans["consultation"]),
            (board._convene_extraordinary, plans["extraordinary"]),
            (board._prepare_board, plans["board"]),
        )
        with freeze_time(datetime.combine(assemblies.FIRST_STATUTES, time(9))) as clock:
            board._adopt_statutes()
            for done, (act, plan) in enumerate(acts, 1):
                self._set(clock, plan["convened"] or datetime.combine(today, time(8)))
                act(plan, ids, clock)
                yield done, len(acts)

    def _set(self, clock, local):
        """Turn the clock to an hour in Paris."""
        clock.move_to(self._utc(local))

    def _adopt_statutes(self):
        """The ready set for an association, unless there are statutes already."""
        if self.env["tierslieux.statutes.version"].in_force():
            return
        statutes = self.env.ref("tierslieux_governance.statutes_association").copy(
            {"name": "Statuts", "date_from": assemblies.FIRST_STATUTES}
        )
        statutes.action_adopt()

    # The four meetings

    def _hold_annual(self, plan, ids, clock):
        assembly = self._create_assembly(plan, ids)
        assembly.action_convene()
        came = self._come(assembly, plan, ids, clock)
        elections = [one for one in plan["points"] if one["kind"] == "election"]
        moment = plan["start"] + timedelta(minutes=4)
        self._set(clock, moment)
        assembly.action_open()
        moment += timedelta(minutes=9)
        self._set(clock, moment)
        self._arrive_late(assembly, came)
        motions = assembly.motion_ids.grouped("name")
        for point in plan["points"]:
            motion = motions.get(point["name"])
            if not motion:
                continue
            if elections and point is elections[0]:
                for voter in self.env["res.partner"].browse(came["leaving"]):
                    assembly._leave(voter)
            motion.debate = point.get("debate")
            moment += timedelta(minutes=14)
            if motion.kind != "information":
                self._vote(motion, point["key"], moment, clock, 97)
                moment += timedelta(minutes=point["minutes"])
                self._set(clock, moment)
                motion.action_close()
        self._set(clock, moment + timedelta(minutes=10))
        assembly.action_close()
        self._follow_up(assembly, plan, ids, clock)
        self._seat_board(assembly, ids)
        self._set(clock, plan["end"] + timedelta(days=3))
        pdf = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        if pdf not in PDF_MISSING:
            assembly.action_sign()

    def _hold_consultation(self, plan, ids, clock):
        assembly = self._create_assembly(plan, ids)
        assembly.action_convene()
        self._set(clock, plan["start"])
        assembly.action_open()
        kept = {*ids["team"], *ids["board"]}
        points = {point["name"]: point for point in plan["points"]}
        for motion in assembly.motion_ids:
            self._vote(
                motion,
                points[motion.name]["key"],
                plan["start"],
                clock,
                share=30,
                kept=kept,
                pause=timedelta(minutes=9),
            )

    def _convene_extraordinary(self, plan, ids, clock):
        assembly = self._create_assembly(plan, ids)
        assembly.action_convene()
        given = turnout.attendance(
            self._voting_lines(assembly), self._team(ids), ids["board"][0]
        )["proxies"]
        self._give_proxies(given[::3], plan["convened"], clock, timedelta(minutes=17))

    def _prepare_board(self, plan, ids, clock):
        self._create_assembly(plan, ids)

    # Their parts

    def _team(self, ids):
        return {*ids["team"], *ids["board"]}

    def _create_assembly(self, plan, ids):
        contacts = ids["board"]
        values = {key: plan[key] for key in ("name", "kind", "attendance_mode")}
        assembly = self.env["tierslieux.assembly"].create(
            {
                **values,
                "is_asynchronous": plan.get("is_asynchronous", False),
                "place": plan.get("place"),
                "introduction": plan["introduction"]
                and PARAGRAPH % plan["introduction"],
                "date_start": self._utc(plan["start"]),
                "date_end": self._utc(plan["end"]),
                "venue_id": plan["attendance_mode"] != "remote"
                and ids["venues"][min(ids["venues"])],
                "remote_url": plan["attendance_mode"] != "site"
                and "https://visio.example.org/reseau",
                "chair_id": contacts[0],
                "secretary_id": contacts[1],
                "scrutineer_ids": [fields.Command.set(contacts[2:3])],
            }
        )
        standing = self._candidates(assembly, plan, ids)
        self.env["tierslieux.motion"].create(
            [
                {
                    "assembly_id": assembly.id,
                    "sequence": 10 * number,
                    "name": point["name"],
                    "text": PARAGRAPH % point["text"],
                    "kind": point["kind"],
                    "seats": min(
                        point.get("seats")
                        or assemblies.SEATS.get(point.get("college"), 1),
                        max(1, len(standing.get(number, ())) - 1),
                    ),
                    **({"secrecy": point["secrecy"]} if "secrecy" in point else {}),
                    "candidate_ids": [
                        fields.Command.create(candidate)
                        for candidate in standing.get(number, ())
                    ],
                }
                for number, point in enumerate(plan["points"], 1)
                if point["kind"] != "election" or standing.get(number)
            ]
        )
        return assembly

    def _candidates(self, assembly, plan, ids):
        """``{number of the point: values of its candidates}``: people of a college,
        those of the board first; nobody stands twice."""
        wanted = [
            (number, point["college"])
            for number, point in enumerate(plan["points"], 1)
            if point["kind"] == "election"
        ]
        if not wanted:
            return {}
        rows = [
            row
            for row in assembly._electorate(assembly._today())
            if row.is_entitled and row.voter_id
        ]
        # seven is prime to most numbers: not all of one letter, nor all of one size
        rows.sort(key=lambda row: row.member_name)
        rows = [row for first in range(7) for row in rows[first::7]]
        rows.sort(key=lambda row: row.voter_id not in ids["board"])
        colleges = {code: one for one, code in self._college_codes().items()}
        result = {}
        taken = set()
        for number, code in wanted:
            for row in rows:
                standing = result.setdefault(number, [])
                if len(standing) == assemblies.CANDIDATES[code]:
                    break
                if row.college_id == colleges[code] and row.voter_name not in taken:
                    taken.add(row.voter_name)
                    standing.append(self._candidate(row, ids))
        return result

    def _candidate(self, row, ids):
        statement = ids["headlines"].get(row.voter_id, "")
        if row.partner_id != row.voter_id:
            statement = " · ".join(filter(None, [row.member_name, statement]))
        return {
            "name": row.voter_name,
            "partner_id": row.voter_id,
            "statement": statement,
        }

    def _college_codes(self):
        """``{id: code}``"""
        found = self.env["tierslieux.college"].search_fetch([], ["code"])
        return {college.id: college.code for college in found}

    def _voting_lines(self, assembly):
        """``[(elector, contact who votes for it)]`` by id, those who may vote."""
        electors = self.env["tierslieux.elector"].search_fetch(
            [
                ("assembly_id", "=", assembly.id),
                ("is_entitled", "=", True),
                ("voter_id", "!=", False),
            ],
            ["voter_id"],
            order="id",
        )
        return [(one.id, one.voter_id.id) for one in electors]

    def _come(self, assembly, plan, ids, clock):
        """Proxies in the weeks before, arrivals in the half hour before."""
        came = turnout.attendance(
            self._voting_lines(assembly), self._team(ids), ids["board"][0]
        )
        first = plan["convened"] + timedelta(days=3)
        given = self._give_proxies(
            came["proxies"],
            first,
            clock,
            (plan["start"] - first) * 0.9 / max(1, len(came["proxies"])),
        )
        if came["undecided"]:
            given.filtered(
                lambda proxy: proxy.principal_id.id == came["undecided"]
            ).action_revoke()
        moment = plan["start"] - timedelta(minutes=28)
        pause = timedelta(minutes=27) / len(came["arrivals"])
        for voter, mode in came["arrivals"]:
            self._set(clock, moment)
            assembly._arrive(self.env["res.partner"].browse(voter), mode)
            moment += pause
        return came

    def _give_proxies(self, given, moment, clock, pause):
        # sudo: as the page does for who gives their own
        proxies = self.env["tierslieux.proxy"].sudo()
        for principal, holder in given:
            moment += pause
            self._set(clock, moment)
            proxies |= proxies.create({"principal_id": principal, "holder_id": holder})
        return proxies.sudo(False)

    def _arrive_late(self, assembly, came):
        """Who gave a proxy comes after all: it ends."""
        late = self.env["tierslieux.elector"].browse(came["late"] or [])
        if late:
            assembly._arrive(late.voter_id)

    def _vote(self, motion, key, moment, clock, share, kept=(), pause=None):
        """Open a vote at a moment; those who may vote do, or a share of them."""
        self._set(clock, moment)
        motion.action_open()
        # ids differ from a database to another, ranks do not
        electors = sorted(motion.assembly_id.elector_ids.ids)
        ranks = {elector: rank for rank, elector in enumerate(electors)}
        codes = self._college_codes()
        powers = motion.assembly_id._voting_power(motion._rule())
        powers.pop(self.env["res.partner"], None)
        contacts = {one.id: one for one in powers if one.id not in kept}
        taking = turnout.voters(sorted(contacts), motion.name, share)
        pause = pause or timedelta(minutes=5) / max(1, len(taking))
        for voter in taking:
            moment += pause
            self._set(clock, moment)
            # sudo: as the page of the vote does, once it knows who votes
            motion.sudo()._cast(
                contacts[voter],
                {
                    one.id: self._choice(motion, key, ranks[one.id], codes, one)
                    for one in powers[contacts[voter]]
                },
            )

    def _choice(self, motion, key, rank, codes, elector):
        if motion.kind == "motion":
            return turnout.choice(key, rank, codes[elector.college_id.id])
        ranked = turnout.ranking(f"{motion.name} {rank}", motion.candidate_ids.ids)
        return ">".join(map(str, ranked)) or "blank"

    def _follow_up(self, assembly, plan, ids, clock):
        """What was decided to do; some of it is done."""
        people = {"treasurer": ids["team"][2], "board": ids["board"][1]}
        texts = {point["name"]: point for point in plan["points"]}
        for resolution in assembly.resolution_ids:
            for text, role, days, done in texts[resolution.name].get("follow_ups", ()):
                user = self.env["res.partner"].browse(people[role]).user_ids
                action = resolution.activity_schedule(
                    "tierslieux_governance.activity_follow_up",
                    date_deadline=plan["start"].date() + timedelta(days=days),
                    summary=text,
                    user_id=user.id,
                )
                if done:
                    action.action_done()

    def _seat_board(self, assembly, ids):
        """Three years for those elected; the chair is known, the first others get the
        offices."""
        roles = iter(ROLES)
        for resolution in assembly.resolution_ids.filtered(
            lambda one: one.outcome == "elected"
        ):
            action = resolution.action_open_mandates()
            creation = (
                self.env[action["res_model"]]
                .with_context(**action["context"])
                .create({})
            )
            creation.date_to = fields.Date.add(creation.date_from, years=3, days=-1)
            electors = assembly.elector_ids.grouped("voter_id")
            for line in creation.line_ids:
                line.college_id = electors[line.partner_id][:1].college_id
                line.role = (
                    "chair"
                    if line.partner_id.id == ids["board"][0]
                    else next(roles, "member")
                )
            creation.action_create()
