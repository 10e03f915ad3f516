# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, html2plaintext

from odoo.addons.tierslieux_network.domain.search_terms import normalise

from .verdict_sentences import notice_sentence


class Assembly(models.Model):
    """The minutes: everything they say, in French, and their signature."""

    _inherit = "tierslieux.assembly"

    minutes_ids = fields.One2many("tierslieux.minutes", "assembly_id")
    minutes_id = fields.Many2one(
        "tierslieux.minutes", string="Minutes in force", compute="_compute_minutes_id"
    )
    resolution_ids = fields.One2many(
        "tierslieux.resolution", "assembly_id", string="Resolutions"
    )

    @api.depends("minutes_ids")
    def _compute_minutes_id(self):
        for assembly in self:
            assembly.minutes_id = assembly.minutes_ids.sorted("version")[-1:]

    def action_sign(self):
        """Write the minutes of a closed meeting; they do not change any more."""
        self._take("closed")
        if not self.chair_id or not self.secretary_id:
            raise UserError(
                self.env._("Name the chair and the secretary: they sign the minutes.")
            )
        self.state = "minuted"
        return self._write_minutes()._tell_signed()

    def action_correct_minutes(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the minutes"),
            "res_model": "tierslieux.minutes.correction",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_assembly_id": self.id,
                "default_chair_id": self.chair_id.id,
                "default_secretary_id": self.secretary_id.id,
                "default_scrutineer_ids": self.scrutineer_ids.ids,
            },
        }

    def _write_minutes(self, reason=None):
        """A version of the minutes, the first or a correction for ``reason``."""
        previous = self.minutes_id
        now = fields.Datetime.now()
        content = self._in_french()._minutes_content(now, previous, reason)
        # sudo: minutes are written by this act alone, never by hand
        minutes = self.env["tierslieux.minutes"].sudo()
        written = minutes.create(
            [
                {
                    "assembly_id": self.id,
                    "version": previous.version + 1,
                    "previous_id": previous.id,
                    "reason": reason,
                    "content": content,
                    "digest": minutes._digest(content),
                    "signed_at": now,
                    "user_id": self.env.uid,
                }
            ]
        )
        self.invalidate_recordset(["minutes_ids", "minutes_id"])
        written._print()
        return written.sudo(False)

    # What they say

    def _minutes_content(self, signed_at, previous, reason):
        """All that the minutes print, in the language of the environment, as JSON."""
        # sudo: the head of the minutes is the association's, whoever draws them up
        company = self.env.company.sudo()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        content = {
            "title": self.env._("Minutes – %s", self.name),
            "association": company.name,
            "address": " ".join(
                filter(None, [company.street, company.zip, company.city])
            ),
            "registry": company.company_registry or "",
            "kind": labels[self.kind],
            "name": self.name,
            "version": previous.version + 1,
            "signed": self._moment(signed_at),
            "facts": self._minutes_facts(),
            "bureau": self._minutes_bureau(),
            "quorum": (self.opening_quorum or "").splitlines(),
            "attendance": self._minutes_attendance(),
            "points": self._minutes_points(),
            "sheet": self._minutes_sheet(),
            "proxies": self._minutes_proxies(),
        }
        if previous:
            content["correction"] = {
                "version": previous.version,
                "digest": previous.digest,
                "reason": reason,
            }
        return content

    def _minutes_facts(self):
        """``[[label, text], …]``: when, where, how members were called."""
        facts = [
            [self.env._("Date"), self._when()],
            [self.env._("Place"), self._where()],
            [
                self.env._("Session"),
                self.env._(
                    "opened on %(opened)s, closed on %(closed)s",
                    opened=self._moment(self.opened_at),
                    closed=self._moment(self.closed_at),
                ),
            ],
            [self.env._("Convocation"), self._minutes_convocation()],
        ]
        verdict, rule = self._notice()
        notice = notice_sentence(self.env, verdict, rule)
        if not verdict.respected:
            notice = self.env._(
                "%(notice)s. Convened all the same: %(reason)s",
                notice=notice,
                reason=self.late_reason,
            )
        facts.append([self.env._("Proof of notice"), notice])
        facts.append([self.env._("Statutes applied"), self._statutes().display_name])
        facts.append(
            [
                self.env._("Electorate"),
                self.env._(
                    "members on the roll on %s", format_date(self.env, self.cutoff_date)
                )
                if self.kind != "board"
                else self.env._(
                    "members of the board in office on %s",
                    format_date(self.env, self.cutoff_date),
                ),
            ]
        )
        if self.second_convocation_of_id:
            facts.append(
                [
                    self.env._("Second convocation of"),
                    self.second_convocation_of_id.name,
                ]
            )
        return facts

    def _minutes_convocation(self):
        """How many were called, from when on, by what, and the text's digest."""
        means = dict(
            self.convocation_ids._fields["means"]._description_selection(self.env)
        )
        called = self.env["tierslieux.convocation"]._read_group(
            [("assembly_id", "=", self.id)],
            ["means", "digest"],
            ["__count", "sent_at:min", "sent_at:max"],
        )
        if not called:
            return self.env._("convened on %s", self._moment(self.convened_at))
        lines = []
        for how, digest, count, first, last in called:
            values = {
                "count": count,
                "means": means[how].lower(),
                "first": self._moment(first),
                "last": self._moment(last),
                "digest": digest,
            }
            if values["first"] == values["last"]:
                line = self.env._(
                    "%(count)s sent (%(means)s) on %(first)s; text's SHA-256 "
                    "%(digest)s",
                    **values,
                )
            else:
                line = self.env._(
                    "%(count)s sent (%(means)s) from %(first)s to %(last)s; text's "
                    "SHA-256 %(digest)s",
                    **values,
                )
            lines.append(line)
        return "\n".join(lines)

    def _minutes_bureau(self):
        """``[[function, name], …]``"""
        # sudo: the names of the bureau are on the minutes, whoever reads them
        bureau = [
            [self.env._("Chair"), self.chair_id.sudo().name],
            [self.env._("Secretary"), self.secretary_id.sudo().name],
        ]
        for person in self.scrutineer_ids.sudo():
            bureau.append([self.env._("Scrutineer"), person.name])
        return bureau

    def _minutes_attendance(self):
        """By college at the opening, and the total: ``[[college, entitled, present,
        remote, represented], …]``. Where votes are open between two dates, present is
        who has voted on something."""
        if self.is_asynchronous:
            voted = self._voted_electors()
            rows = []
            for college, electors in self._entitled_by_college():
                there = len([one for one in electors if one.id in voted])
                rows.append([college, len(electors), 0, there, 0])
        else:
            _whole, colleges = self._presence(self._rule(), self.opened_at)
            rows = [
                [name, one.entitled, one.on_site, one.remote, one.represented]
                for name, one in colleges.items()
            ]
        total = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
        return [*rows, [self.env._("Total"), *(total or [0] * 4)]]

    def _minutes_points(self):
        """The agenda in its order, each point with what became of it."""
        resolutions = {one.motion_id: one for one in self.resolution_ids}
        outcomes = dict(
            self.resolution_ids._fields["outcome"]._description_selection(self.env)
        )
        points = []
        for motion in self.motion_ids:
            resolution = resolutions.get(motion)
            if resolution:
                outcome = outcomes[resolution.outcome]
            elif motion.kind == "information":
                outcome = self.env._("For information, no vote")
            elif motion.state == "withdrawn":
                outcome = self.env._("Withdrawn from the agenda")
            else:
                outcome = self.env._("Not put to the vote")
            points.append(
                {
                    "name": motion.name,
                    "text": self._paragraphs(
                        (resolution.text if resolution else None) or motion.text
                    ),
                    "debate": (motion.debate or "").strip().splitlines(),
                    "number": resolution.number if resolution else None,
                    "outcome": outcome,
                    "accepted": bool(resolution)
                    and resolution.outcome in ("adopted", "elected"),
                    "verdict": resolution.verdict_text.splitlines()
                    if resolution
                    else [],
                    "follow_ups": resolution._follow_up_lines() if resolution else [],
                }
            )
        return points

    def _paragraphs(self, html):
        lines = html2plaintext(html or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _minutes_sheet(self):
        """Annex 1, by college: ``[[college, [[member, who votes, status], …]], …]``"""
        status = self._attendance_status()
        return [
            [
                college,
                [
                    [
                        one.member_name,
                        one.voter_name if one.voter_name != one.member_name else "",
                        *status(one),
                    ]
                    for one in electors
                ],
            ]
            for college, electors in self._entitled_by_college()
        ]

    def _entitled_by_college(self):
        """``[(college name, electors by name), …]`` of those who may vote."""
        electors = self.env["tierslieux.elector"].search_fetch(
            [("assembly_id", "=", self.id), ("is_entitled", "=", True)],
            ["member_name", "voter_name", "voter_id", "college_id"],
            order="college_id, id",
        )
        # sudo: the names of colleges are no secret
        return [
            (
                college.sudo().name or self.env._("Without a college"),
                members.sorted(lambda one: (normalise(one.member_name), one.id)),
            )
            for college, members in electors.grouped("college_id").items()
        ]

    def _attendance_status(self):
        """A function from an elector to ``[present, remote, represented, voted or
        absent, details]``."""
        stays = self.attendance_ids.grouped("elector_id")
        holders = self._represented()
        voted = self._voted_electors() if self.is_asynchronous else ()

        def status(elector):
            if elector.id in voted:
                return ["voted", self.env._("has voted")]
            if elector in stays:
                lines = stays[elector].sorted("arrived_at")
                kind = "site" if "site" in lines.mapped("mode") else "remote"
                return [kind, ", ".join(self._stay(line) for line in lines)]
            if elector.id in holders:
                return [
                    "represented",
                    self.env._("represented by %s", holders[elector.id]),
                ]
            return ["absent", self.env._("absent")]

        return status

    def _stay(self, line):
        """« sur place, 14 h 02 – 16 h 10 »"""
        modes = dict(line._fields["mode"]._description_selection(self.env))
        if line.left_at:
            return self.env._(
                "%(mode)s, %(from)s – %(to)s",
                **{
                    "mode": modes[line.mode].lower(),
                    "from": self._hour(line.arrived_at),
                    "to": self._hour(line.left_at),
                },
            )
        return self.env._(
            "%(mode)s, from %(hour)s on",
            mode=modes[line.mode].lower(),
            hour=self._hour(line.arrived_at),
        )

    def _represented(self):
        """Who was represented at the opening, at a vote or at the end, and by whom:
        ``{elector id: holder's name}``"""
        moments = dict.fromkeys(
            filter(
                None,
                [self.opened_at, *self.motion_ids.mapped("opened_at"), self.closed_at],
            )
        )
        held = {}
        for moment in moments:
            powers, _present, _given = self._powers(at=moment)
            for holder, principals in powers.votes.items():
                held.update(dict.fromkeys(principals[1:], holder))
            held.update(dict.fromkeys(powers.board))
        electors = self.env["tierslieux.elector"]
        return {
            principal: electors.browse(holder).voter_name
            if holder
            else self.env._("the board (blank proxy)")
            for principal, holder in held.items()
        }

    def _voted_electors(self):
        """Ids of the electors who took part in one vote or more; not how."""
        motions = [("motion_id", "in", self.motion_ids.ids)]
        # sudo: only who voted is read, as on an attendance sheet
        return {
            elector.id
            for model in ("tierslieux.signing", "tierslieux.open.ballot")
            for (elector,) in self.env[model]
            .sudo()
            ._read_group(motions, ["elector_id"])
        }

    def _minutes_proxies(self):
        """Annex 2: ``[[given by, college, given to, given on, effect], …]``"""
        counted = self._represented()
        # sudo: the name of a college, as the annex prints it
        return [
            [
                proxy.principal_id.display_name,
                proxy.principal_id.college_id.sudo().name or "",
                proxy.holder_id.display_name or self.env._("blank"),
                self._written(proxy.given_at, "short"),
                self.env._(
                    "ended on %(date)s: %(reason)s",
                    date=self._moment(proxy.revoked_at),
                    reason=proxy.revoked_reason,
                )
                if proxy.revoked_at
                else self.env._("counted")
                if proxy.principal_id.id in counted
                else self.env._("not counted: the holder was absent or over the cap"),
            ]
            for proxy in self.proxy_ids.sorted(
                lambda one: (
                    normalise(one.principal_id.member_name),
                    one.given_at,
                    one.id,
                )
            )
        ]

    def _moment(self, moment):
        """A day and an hour where the meeting is held, in words."""
        return self._written(moment, self.env._("d MMMM y 'at' HH:mm"))

    def _hour(self, moment):
        return self._written(moment, self.env._("HH:mm"))
