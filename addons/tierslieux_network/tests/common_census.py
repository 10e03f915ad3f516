# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tools import file_open

from ..domain.census_columns import NAMES
from ..domain.census_file import write_table
from .common import NetworkCommon

STANDARDS = "tierslieux_network/tests/data/standards/"
SIRET = "43493312300029"


def example_file():
    name = STANDARDS + "lieux-mediation-numerique.example.csv"
    with file_open(name, "rb") as file:
        return file.read()


def standard_row(number, **values):
    """A valid line of the national standard."""
    return {
        "id": f"lieu-{number}",
        "pivot": "00000000000000",
        "nom": f"Médiathèque {number}",
        "commune": "Lyon",
        "code_postal": "69001",
        "code_insee": "69123",
        "adresse": f"{number} rue de la République",
        "date_maj": "2024-04-02",
        **values,
    }


def standard_file(*rows):
    return write_table(NAMES, [[row.get(name, "") for name in NAMES] for row in rows])


class CensusCommon(NetworkCommon):
    @classmethod
    def census(cls, content, **values):
        content = content.encode() if isinstance(content, str) else content
        return cls.env["tierslieux.census.import"].create(
            {"name": "lieux.csv", "file": base64.b64encode(content), **values}
        )

    def imported(self, content, **values):
        census = self.census(content, **values)
        census.action_check()
        self.assertEqual(census.state, "checked", census.report)
        census.action_import()
        self.assertEqual(census.state, "done", census.report)
        return census

    def counts(self, census):
        return (
            census.create_count,
            census.update_count,
            census.same_count,
            census.error_count,
        )

    def find(self, identifier):
        return self.env["tierslieux.venue"].search([("identifier", "=", identifier)])

    def problems(self, census):
        census.action_check()
        self.assertEqual(census.state, "refused")
        return [tuple(row) for row in census.report["problems"]]
