# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class VenueAgreement(models.Model):
    """What a venue has agreed with the network: since when it takes the pass, in whose
    name it bills, and how it is paid."""

    _name = "tierslieux.venue.agreement"
    _description = "Agreement with a venue"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    venue_id = fields.Many2one(
        "tierslieux.venue",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(
        string="To",
        tracking=True,
        help="Last day on which the venue takes the pass; empty while it goes on.",
    )
    regime = fields.Selection(
        [
            ("own_name", "The network bills in its own name"),
            ("mandate", "The network bills in the venue's name"),
        ],
        required=True,
        default="own_name",
        tracking=True,
        help="In its own name, the network buys hours from the venue, which it pays "
        "against an invoice. Under a mandate, the turnover is the venue's and the "
        "network invoices its commission only.",
    )
    self_billing_date = fields.Date(
        string="Mandate to self-bill signed on",
        tracking=True,
        help="Without this written mandate the network may not draw up the venue's "
        "invoices (CGI, article 289): the venue sends its own.",
    )
    netting = fields.Boolean(
        tracking=True,
        help="The venue agrees in writing that what it owes and what it is owed are "
        "settled by one transfer.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        compute="_compute_partner_id",
        help="The holding structure, or the venue itself.",
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        string="Bank account",
        ondelete="restrict",
        domain="[('partner_id', '=', partner_id)]",
        tracking=True,
    )
    note = fields.Text()

    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(venue_id, venue_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "This venue has an agreement for these days already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "An agreement ends after it begins."
    )

    @api.depends("venue_id.name", "date_from")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = self.env._(
                "%(venue)s, from %(date)s",
                venue=agreement.venue_id.name,
                date=format_date(self.env, agreement.date_from),
            )

    @api.depends("venue_id.structure_id", "venue_id.partner_id")
    def _compute_partner_id(self):
        for agreement in self:
            venue = agreement.venue_id
            agreement.partner_id = venue.structure_id or venue.partner_id

    @api.model
    def _in_force(self, day):
        """Agreements in force on a day, as a domain."""
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    @api.model
    def _of_venues(self, venues, day):
        """``{venue: its agreement on a day}``"""
        found = self.search(Domain("venue_id", "in", venues.ids) & self._in_force(day))
        return {agreement.venue_id: agreement for agreement in found}
