# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.tierslieux_network.domain import calendar

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Event(models.Model):
    """A session: an event with a programme, held in half-days."""

    _inherit = "event.event"

    programme_id = fields.Many2one(
        "tierslieux.programme", ondelete="restrict", index="btree_not_null"
    )
    half_day_ids = fields.One2many(
        "tierslieux.training.half.day", "event_id", string="Half-days"
    )
    enrolment_ids = fields.One2many(
        "tierslieux.training.enrolment", "event_id", string="Enrolments"
    )
    partner_paper_ids = fields.One2many(
        "tierslieux.training.paper", "event_id", string="Contracts of partners"
    )
    training_revision = fields.Integer(
        readonly=True, copy=False, help="Moves with each act on a session."
    )

    def _compute_website_url(self):
        """A session is on the page of its programme, where one enrols."""
        result = super()._compute_website_url()
        # sudo: of the programme its name alone, in an address
        for event in self.sudo().filtered("programme_id"):
            event.website_url = event.programme_id._page_url()
        return result

    def _held_half_days(self):
        """Those that are not cancelled."""
        return self.half_day_ids.filtered(lambda one: not one.cancelled_at)

    def _training_minutes(self):
        """Minutes that the session plans."""
        self.ensure_one()
        return sum(self._held_half_days().mapped("minutes"))

    def _training_over(self):
        self.ensure_one()
        # sudo: the dates of the half-days, whoever asks
        stops = self.sudo()._held_half_days().mapped("stop")
        return bool(stops) and max(stops) <= fields.Datetime.now()

    # -- the office --------------------------------------------------------------------

    def _check_training_office(self):
        groups = ("group_board", "group_treasurer")
        if not self.env.su and not any(
            self.env.user.has_group(f"tierslieux_network.{group}") for group in groups
        ):
            raise AccessError(self.env._("This is for the board and the treasurer."))

    def _training_trainees(self):
        return self.registration_ids.filtered(
            lambda one: one.enrolment_id and one.state in ("open", "done")
        )

    def action_training_convoke(self):
        """Send each trainee their convocation."""
        self._check_training_office()
        trainees = self._training_trainees()
        if not trainees:
            raise UserError(self.env._("Nobody is enrolled in this session."))
        trainees.action_convoke()
        return self._done(
            self.env._("Convened: %s.", ", ".join(trainees.mapped("name")))
        )

    def action_training_certify(self):
        """Give out the certificates of those who attended."""
        self._check_training_office()
        present = self._training_trainees().filtered(lambda one: one._attended())
        if not present:
            raise UserError(self.env._("Nobody attended this session yet."))
        given = present.mapped(lambda one: one._certificate())
        present.action_certify()
        new = present.filtered(lambda one: one._certificate() not in given)
        return self._done(
            self.env._("Certificates given out: %s.", ", ".join(new.mapped("name")))
            if new
            else self.env._("Everybody has their certificate already.")
        )

    def action_training_invoice(self):
        """Invoice whoever may be: not before the delay to withdraw is over."""
        self._check_training_office()
        enrolments = self.enrolment_ids.filtered(lambda one: not one.cancelled_at)
        billable = enrolments.filtered(lambda one: not one._may_withdraw())
        return (billable or enrolments).action_invoice()

    def action_training_contracts(self):
        """Write and send the contracts of the partners."""
        self._check_training_office()
        self.ensure_one()
        shares = self.programme_id.partner_ids
        if not shares:
            raise UserError(self.env._("This programme has no partner."))
        # sudo: the lock alone
        self.sudo()._query_bump_training()
        papers = self.env["tierslieux.training.paper"]
        made = [(share, papers._freeze_contract(share, self)) for share in shares]
        if not any(paper for _share, paper in made):
            raise UserError(
                self.env._("The contracts of this session say this already.")
            )
        for share, paper in made:
            paper._send(share._signer())
        signers = self.env["res.partner"].union(
            *(share._signer() for share, paper in made if paper)
        )
        return self._done(
            self.env._(
                "Contracts sent, to be signed by: %s.",
                ", ".join(signers.mapped("name")),
            )
        )

    def _done(self, sentence):
        """What is said once a button has done its work; the form is read again."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": sentence,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _query_bump_training(self):
        """Of two acts at once on a session (the last seat, its papers, its invoices)
        the second waits, fails to serialise and is tried again by the server, so that
        it sees the first."""
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE event_event"
                " SET training_revision = coalesce(training_revision, 0) + 1"
                " WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["training_revision"])

    def _training_seats(self):
        """Seats left, or ``None`` without a limit."""
        self.ensure_one()
        # sudo: the public reads how many seats are left, of nobody whose
        event = self.sudo()
        return event.seats_available if event.seats_limited else None

    @api.model
    def _draw_code(self):
        return "".join(secrets.choice(ALPHABET) for _rank in range(6))

    @api.model
    def _agenda(self, start, stop, venue_id=None, limit=200):
        """Published events and sessions of all venues between two instants."""
        domain = Domain("website_published", "=", True)
        domain &= Domain("date_end", ">=", start) & Domain("date_begin", "<", stop)
        if venue_id:
            # sudo: the contact of a published venue is public
            venue = self.env["tierslieux.directory"]._published_venue(venue_id)
            domain &= Domain("address_id", "=", venue.partner_id.id)
        return self.search(domain, order="date_begin, id", limit=limit)

    def _agenda_ics(self):
        """The text of a calendar of these; a session is one event a half-day."""
        # sudo: of published events and sessions, when and where they are
        events = self.sudo()
        base = self.browse().get_base_url()
        entries = []
        for event in events:
            place = event.address_id
            moments = [
                (f"training-{one.id}", one.start, one.stop, one.venue_id.partner_id)
                for one in event._held_half_days()
            ] or [(f"event-{event.id}", event.date_begin, event.date_end, place)]
            entries += [
                calendar.Event(
                    uid=f"{key}@tierslieux",
                    start=start,
                    stop=stop,
                    stamp=event.write_date,
                    summary=event.name,
                    description=event.subtitle or "",
                    location=", ".join(filter(None, [where.name, where.city])),
                    url=f"{base}{event.website_url}",
                )
                for key, start, stop, where in moments
            ]
        return calendar.calendar(entries, self.env._("Agenda of the network"))
