# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


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
        required=True, help="Between both, each truncated to the minute."
    )
    estimated = fields.Boolean(
        help="Nobody recorded the end: it was closed when the venue closed, or when "
        "the holder came in elsewhere."
    )
    paid_by_booking = fields.Boolean(
        help="A booking already paid covers this visit: it is not counted on the pass."
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
