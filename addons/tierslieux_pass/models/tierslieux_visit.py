# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import desk

# What taps tell of a visit.
TOLD = ("check_in", "check_out", "estimated")


def told(values):
    return tuple(values[name] for name in TOLD)


class Visit(models.Model):
    """A finished visit, written once. A correction is a new visit that names the one
    it replaces; a void one replaces it by nothing. The visits that count are those
    that are not void and that no other replaces."""

    _name = "tierslieux.visit"
    _description = "Visit"
    _inherit = ["tierslieux.append.only"]
    _order = "check_in desc, id desc"
    _rec_name = "check_in"

    pass_id = fields.Many2one("tierslieux.pass", required=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        ondelete="restrict",
        groups="tierslieux_network.group_treasurer",
    )
    venue_id = fields.Many2one("tierslieux.venue", required=True, ondelete="restrict")
    check_in = fields.Datetime(required=True)
    check_out = fields.Datetime(required=True)
    minutes = fields.Integer(
        string="Minutes spent",
        required=True,
        help="Between both, each truncated to the minute.",
    )
    estimated = fields.Boolean(
        help="Nobody recorded the end: it was closed when the venue closed, or when "
        "the holder came in elsewhere."
    )
    booking_id = fields.Many2one(
        "tierslieux.booking", ondelete="restrict", index="btree_not_null"
    )
    paid_by_booking = fields.Boolean(
        help="A booking already paid covers this visit: it is not counted on the pass."
    )
    by_hand = fields.Boolean(
        help="Somebody decided on these times: taps that arrive later change nothing."
    )
    void = fields.Boolean(help="The visit it replaces did not take place.")
    corrects_id = fields.Many2one(
        "tierslieux.visit", string="Replaces", ondelete="restrict"
    )
    corrected_by_ids = fields.One2many(
        "tierslieux.visit", "corrects_id", string="Replaced by"
    )
    reason = fields.Char(help="Why the visit it replaces was wrong.")
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    tap_in_id = fields.Many2one("tierslieux.visit.tap", ondelete="restrict")
    tap_out_id = fields.Many2one("tierslieux.visit.tap", ondelete="restrict")

    _corrects_uniq = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This visit has been corrected already.",
    )
    _order_of_times = models.Constraint(
        "CHECK (check_in <= check_out)", "A visit ends after it begins."
    )
    _minutes_of_times = models.Constraint(
        "CHECK (minutes * 60 = EXTRACT(epoch FROM date_trunc('minute', check_out) "
        "- date_trunc('minute', check_in)))",
        "The minutes of a visit are those between its times.",
    )
    _correction_says_why = models.Constraint(
        "CHECK (corrects_id IS NULL OR length(trim(reason)) > 0)",
        "A correction says why.",
    )
    _void_corrects = models.Constraint(
        "CHECK (NOT void OR corrects_id IS NOT NULL)",
        "A void visit names the one it erases.",
    )
    _pass_idx = models.Index("(pass_id, check_in)")
    _partner_idx = models.Index("(partner_id, check_in)")
    _venue_idx = models.Index("(venue_id, check_in)")
    _check_in_idx = models.Index("(check_in)")
    _tap_in_idx = models.Index("(tap_in_id) WHERE tap_in_id IS NOT NULL")
    _tap_out_idx = models.Index("(tap_out_id) WHERE tap_out_id IS NOT NULL")

    @api.model
    def _effective_domain(self):
        """The visits that count: neither void nor replaced."""
        return Domain("void", "=", False) & Domain("corrected_by_ids", "=", False)

    @api.model
    def _effective(self, domain, **search):
        return self.search(Domain(domain) & self._effective_domain(), **search)

    def _told(self):
        """What taps tell of a visit, to be compared with what they tell now."""
        return tuple(self[name] for name in TOLD)

    @api.model
    def _replacing(self, before, wanted):
        """Values of visits that replace others one by one; what is left of the others
        becomes void."""
        reason = self.env._("A tap received later changed these times.")
        values = []
        for old, new in zip(before, wanted, strict=False):
            if old._told() != told(new):
                values.append({**new, "corrects_id": old.id, "reason": reason})
        values += wanted[len(before) :]
        values += [old._void_values(reason) for old in before[len(wanted) :]]
        return values

    def _correct(self, reason, check_in=None, check_out=None, void=False):
        """Replace this visit by another one, or by nothing. The caller has checked who
        may; the rules of the month are for the close.

        :raises UserError: the visit was replaced already, or the times are impossible
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why this visit is wrong."))
        # sudo: nobody has the right to write visits, this act is the only way in
        visit = self.sudo()
        visit.pass_id._enter_log()
        if visit.void or visit.corrected_by_ids:
            raise UserError(self.env._("This visit has been corrected already."))
        if void:
            values = visit._void_values(reason)
        else:
            check_in = (check_in or visit.check_in).replace(microsecond=0)
            check_out = (check_out or visit.check_out).replace(microsecond=0)
            visit._check_times(check_in, check_out)
            values = {
                **visit._copied(),
                "check_in": check_in,
                "check_out": check_out,
                "minutes": desk.minutes(check_in, check_out),
                "corrects_id": visit.id,
                "reason": reason,
            }
        return visit.create({**values, "by_hand": True, "user_id": self.env.uid})

    def _check_times(self, check_in, check_out):
        if check_out < check_in:
            raise UserError(self.env._("The end comes before the beginning."))
        if check_out > fields.Datetime.now():
            raise UserError(self.env._("The end is yet to come."))
        if check_out - check_in > timedelta(hours=24):
            raise UserError(self.env._("A visit is no longer than 24 hours."))

    def _copied(self):
        return {
            "pass_id": self.pass_id.id,
            "partner_id": self.partner_id.id,
            "venue_id": self.venue_id.id,
            "booking_id": self.booking_id.id,
            "paid_by_booking": self.paid_by_booking,
            "tap_in_id": self.tap_in_id.id,
            "tap_out_id": self.tap_out_id.id,
        }

    def _void_values(self, reason):
        return {
            **self._copied(),
            "check_in": self.check_in,
            "check_out": self.check_in,
            "minutes": 0,
            "void": True,
            "corrects_id": self.id,
            "reason": reason,
        }
