# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import models
from odoo.tools import SQL


class Directory(models.AbstractModel):
    _inherit = "tierslieux.directory"

    def _badges(self, venue_ids):
        badges = super()._badges(venue_ids)
        for venue_id, name, code in self._query_marks(venue_ids):
            badges.setdefault(venue_id, []).append((name, f"/marque/verifier/{code}"))
        return badges

    def _query_marks(self, venue_ids):
        """Venues whose licence is in force today, the name of the mark, the code."""
        if not venue_ids:
            return []
        self.env["tierslieux.brand.licence.event"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT s.venue_id, b.name, s.code
                  FROM (%s) s JOIN tierslieux_brand b ON b.id = s.brand_id
                 WHERE s.state = 'valid'
                 ORDER BY b.sequence, b.id
                """,
                self.env["tierslieux.brand.licence"]._sql_standings(
                    SQL("l.venue_id IN %s", tuple(venue_ids))
                ),
            )
        )
