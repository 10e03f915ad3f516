# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac, html2plaintext, split_every

BATCH_SIZE = 200


class Assembly(models.Model):
    _inherit = "tierslieux.assembly"

    uncalled_ids = fields.Many2many(
        "res.partner",
        string="To call by letter",
        compute="_compute_uncalled_ids",
        help="Entitled members without an email address, not called yet.",
    )

    @api.depends("convocation_ids.partner_id", "frozen_at", "state")
    def _compute_uncalled_ids(self):
        for assembly in self:
            uncalled = self.env["res.partner"]
            if assembly.state == "convened":
                partners = uncalled.browse(assembly._to_call_ids())
                uncalled = partners.filtered(lambda partner: not partner.email)
            assembly.uncalled_ids = uncalled

    def action_record_letters(self):
        """Those without an email address were called by letter today."""
        self._take("convened")
        if not self.uncalled_ids:
            raise UserError(self.env._("Everybody has an email address or was called."))
        self._record_convocations(self.uncalled_ids, "letter")

    def action_open_attendance(self):
        """The attendance sheet, on a page made for a tablet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/assemblies/{self.id}/attendance",
            "target": "new",
        }

    def _to_call_ids(self):
        """Ids of the contacts to call who have not been: who votes for each entitled
        member, or a legal person itself while it has no delegate. Until the electorate
        is frozen, those on the roll today are called."""
        self.ensure_one()
        if self.frozen_at:
            electors = self.env["tierslieux.elector"].search_fetch(
                [("assembly_id", "=", self.id), ("is_entitled", "=", True)],
                ["voter_id", "partner_id"],
            )
            called = [(one.voter_id.id, one.partner_id.id) for one in electors]
        else:
            called = [
                (row.voter_id, row.partner_id)
                for row in self._electorate(self._today())
                if row.is_entitled
            ]
        done = set(self.convocation_ids.partner_id.ids)
        ids = dict.fromkeys(voter or partner for voter, partner in called)
        return [partner for partner in ids if partner not in done]

    def _queue_convocations(self):
        """Call everybody not called yet, a batch a job."""
        self._queue_letters(
            self._to_call_ids(),
            "_send_convocations",
            self.env._("Convocation: %s", self.name),
        )

    def _queue_cancellation(self):
        self._queue_letters(
            self.convocation_ids.partner_id.ids,
            "_send_cancellations",
            self.env._("Cancellation: %s", self.name),
        )

    def _queue_letters(self, partner_ids, method, description):
        for ids in map(list, split_every(BATCH_SIZE, partner_ids)):
            delayed = self.with_delay(
                description=description,
                identity_key=f"{method}-{self.id}-{ids[0]}-{ids[-1]}",
            )
            getattr(delayed, method)(ids)

    def _send_convocations(self, partner_ids):
        """One job: call these contacts by email. Run again, it calls those left."""
        self.ensure_one()
        done = set(self.convocation_ids.partner_id.ids)
        partners = self.env["res.partner"].browse(
            partner_id for partner_id in partner_ids if partner_id not in done
        )
        convocations = self._record_convocations(partners.filtered("email"), "email")
        convocations._send("tierslieux_governance.mail_template_convocation")

    def _send_cancellations(self, partner_ids):
        self.convocation_ids.filtered(
            lambda one: one.partner_id.id in set(partner_ids) and one.means == "email"
        )._send("tierslieux_governance.mail_template_cancellation")

    def _record_convocations(self, partners, means):
        digest = hashlib.sha256(self.convocation_text.encode()).hexdigest()
        # sudo: proofs are written by the act of calling alone, never by hand
        return (
            self.env["tierslieux.convocation"]
            .sudo()
            .create(
                [
                    {
                        "assembly_id": self.id,
                        "partner_id": partner.id,
                        "email": partner.email if means == "email" else False,
                        "means": means,
                        "digest": digest,
                    }
                    for partner in partners
                ]
            )
        )

    def _convocation_text(self):
        """The convocation in plain text: what its digest is taken of."""
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        lines = [
            self.name,
            labels[self.kind],
            self._when(),
            self._where(),
            self.remote_url or "",
            html2plaintext(self.introduction or ""),
            self.env._("Agenda"),
        ]
        for number, motion in enumerate(self.motion_ids, 1):
            lines.append(f"{number}. {motion.name}")
            lines.append(html2plaintext(motion.text or ""))
            lines.extend(f"- {candidate.name}" for candidate in motion.candidate_ids)
        lines.append(self._statutes().display_name)
        return "\n".join(filter(None, (line.strip() for line in lines)))

    def _when(self):
        """The beginning in words, where the meeting is held; the end too where votes
        are open between the two."""
        self.ensure_one()
        start = self._written_long(self.date_start)
        if not self.is_asynchronous:
            return start
        end = self._written_long(self.date_end)
        return self.env._("from %(start)s to %(end)s", start=start, end=end)

    def _written_long(self, moment):
        return self._written(moment, self.env._("EEEE d MMMM y 'at' HH:mm"))

    def _where(self):
        """The place in words."""
        self.ensure_one()
        remote = self.env._("remote")
        if self.attendance_mode == "remote":
            return remote.capitalize()
        # sudo: a venue's name and address are printed on the convocation.
        venue = self.venue_id.sudo()
        place = ", ".join(
            filter(None, [venue.name, self.place, venue.street, venue.zip, venue.city])
        )
        if self.attendance_mode == "both":
            if not place:
                modes = self._fields["attendance_mode"]._description_selection(self.env)
                return dict(modes)["both"]
            place = ", ".join([place, self.env._("or remote")])
        return place

    # Personal links

    def _access_token(self, partner):
        """The secret of a contact's personal link to this assembly; stored nowhere."""
        self.ensure_one()
        return hmac(
            self.env(su=True), "tierslieux.assembly.access", (self.id, partner.id)
        )

    def _check_access_token(self, partner, token):
        return consteq(self._access_token(partner), token)

    def _personal_url(self, partner, page=""):
        """An address that opens the assembly for one contact without a login."""
        self.ensure_one()
        token = self._access_token(partner)
        return f"{self.get_base_url()}/assemblies/{self.id}/{partner.id}/{token}{page}"
