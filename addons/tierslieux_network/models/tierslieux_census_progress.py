# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CensusProgress(models.Model):
    """How far a running import is: apart from the import itself, because it is
    written on other transactions than the one that imports."""

    _name = "tierslieux.census.progress"
    _description = "Progress of a census import"

    import_id = fields.Many2one(
        "tierslieux.census.import", required=True, ondelete="cascade"
    )
    done = fields.Integer()
    total = fields.Integer()

    _import_uniq = models.Constraint(
        "UNIQUE (import_id)", "An import has one progress."
    )

    def _tell(self, done, total):
        """Let others see it now, while the import's transaction is still open."""
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr)).write({"done": done, "total": total})
