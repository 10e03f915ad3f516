# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Signing(models.Model):
    """The émargement of a confidential vote: that an elector voted, never what.

    No date, no author, and an id drawn at random: nothing here tells which ballot of
    the urn came with it. The host of the database could still watch both arrive.
    """

    _name = "tierslieux.signing"
    _description = "Émargement"
    _inherit = ["tierslieux.append.only"]
    _log_access = False
    _order = "motion_id, elector_id"

    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="restrict", index=True
    )
    elector_id = fields.Many2one(
        "tierslieux.elector", required=True, ondelete="restrict", index=True
    )

    _elector_uniq = models.Constraint(
        "UNIQUE (motion_id, elector_id)", "This elector has voted already."
    )
