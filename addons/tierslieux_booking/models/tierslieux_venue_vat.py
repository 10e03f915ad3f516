# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.tools import formatLang

REGIMES = [
    ("out_of_scope", "Outside the scope of VAT"),
    ("exempt_261_7_1", "Exempt (CGI art. 261, 7-1°)"),
    ("franchise_293b", "Franchise (CGI art. 293 B)"),
    ("liable", "Liable to VAT"),
]


class VenueVat(models.Model):
    """The VAT status of a venue from a day on. It is never changed: a new status takes
    its place from its own day on, and the one recorded last holds for a same day."""

    _name = "tierslieux.venue.vat"
    _description = "VAT status of a venue"
    _inherit = ["tierslieux.append.only"]
    _order = "venue_id, date_from desc, id desc"
    _rec_name = "regime"

    venue_id = fields.Many2one(
        "tierslieux.venue", required=True, ondelete="restrict", index=True
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    regime = fields.Selection(REGIMES, string="VAT status", required=True)
    rate = fields.Float(
        string="Rate (%)",
        digits=(5, 2),
        help="Rate of VAT in percent, for a venue that is liable.",
    )
    mention = fields.Char(
        string="Wording",
        help="The legal wording that every invoice carries under this status.",
    )
    source = fields.Char(help="What says so: article, letter of the tax office, year.")

    _rate_of_liable = models.Constraint(
        "CHECK ((regime = 'liable') = (rate > 0))",
        "A venue that is liable to VAT has a rate, another has none.",
    )
    _mention_of_others = models.Constraint(
        "CHECK (regime = 'liable' OR mention <> '')",
        "Write the legal wording that invoices carry without VAT.",
    )

    @api.depends("regime", "rate")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["regime"]._description_selection(self.env))
        for status in self:
            label = labels.get(status.regime, "")
            if status.rate:
                rate = formatLang(self.env, status.rate, digits=1)
                label = self.env._("%(status)s, %(rate)s%%", status=label, rate=rate)
            status.display_name = label

    @api.model_create_multi
    def create(self, vals_list):
        statuses = super().create(vals_list)
        self.env.registry.clear_cache()
        return statuses

    @api.model
    def _at(self, venues, days):
        """The status of venues on days: ``{(venue, day): status}``, an empty one where
        none was recorded. One query, and none once they are known."""
        history = self._history()
        return {
            (venue, day): self.browse(
                next(
                    (
                        status_id
                        for since, status_id in history.get(venue.id, ())
                        if since <= day
                    ),
                    (),
                )
            )
            for venue in venues
            for day in days
        }

    @api.model
    @tools.ormcache()
    def _history(self):
        """``{venue id: [(from, status id), …]}``, the last first: few, seldom changed
        and asked for by each booking."""
        # sudo: known once for everybody; who reads a status is checked when it is read
        history = {}
        for status in self.sudo().search([]):
            history.setdefault(status.venue_id.id, []).append(
                (status.date_from, status.id)
            )
        return history
