# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import csv
import io

from odoo import models

from odoo.addons.tierslieux_network.domain import census_file

#: A postcode that the check tells, by line and column.
WRONG = "6900"


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [*super()._stages(), (self.env._("census"), "_load_census")]

    def _load_census(self, data, ids):
        """Two files of the national standard that were checked: one is refused, and
        says where; the other is ready to be imported."""
        rows = self._census_rows()
        rows[1]["telephone"], rows[2]["code_postal"] = "", WRONG
        self._census_check("recensement-a-reprendre.csv", rows)
        yield 1, 2
        rows = self._census_rows()
        rows[1]["presentation_resume"] = self.env._("We open on Saturdays too.")
        self._census_check("recensement.csv", rows)
        yield 2, 2

    def _census_rows(self):
        content = self.env["tierslieux.venue"]._open_data_csv("")
        return list(csv.DictReader(io.StringIO(content.decode())))

    def _census_check(self, name, rows):
        content = census_file.write_table(rows[0], [row.values() for row in rows])
        self.env["tierslieux.census.import"].create(
            {"name": name, "file": base64.b64encode(content)}
        ).action_check()
