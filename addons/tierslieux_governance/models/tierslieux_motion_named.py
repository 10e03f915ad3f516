# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io

from odoo import models
from odoo.fields import Domain

from .tierslieux_motion_cast import BLANK

COLUMNS = [
    "motion",
    "position",
    "elector",
    "elector_name",
    "voter",
    "voter_name",
    "choice",
    "choice_name",
    "cast_at",
    "previous",
    "digest",
]
PORTION = 2000


class Motion(models.Model):
    """Who voted what in an open vote, once it is closed."""

    _inherit = "tierslieux.motion"

    def _shows_named_votes(self):
        """Before the closing nobody sees a result, not even in parts."""
        return self.secrecy == "open" and self.state == "closed"

    def _named_domain(self, search=""):
        domain = Domain("motion_id", "=", self.id)
        if search:
            domain &= Domain("elector_id.member_name", "ilike", search)
        return domain

    def _named_votes(self, search="", limit=None, offset=0):
        """In the order of the votes.

        :return: ``[{"position", "member", "voter", "choice", "cast_at"}, …]``
        """
        self.ensure_one()
        ballots = self.env["tierslieux.open.ballot"].search_fetch(
            self._named_domain(search),
            ["position", "elector_id", "voter_id", "choice", "cast_at"],
            order="position",
            limit=limit,
            offset=offset,
        )
        names = self._choice_names()
        return [
            {
                "position": one.position,
                "member": one.elector_id.member_name,
                "voter": one.voter_id.name,
                "choice": self._choice_in_words(one.choice, names),
                "cast_at": one.cast_at,
            }
            for one in ballots
        ]

    def _choice_names(self):
        names = {
            "for": self.env._("For"),
            "against": self.env._("Against"),
            "abstention": self.env._("I abstain"),
            BLANK: self.env._("Blank vote"),
        }
        return names | {str(one.id): one.name for one in self.candidate_ids}

    def _choice_in_words(self, choice, names):
        return " > ".join(names[one] for one in choice.split(">"))

    def _named_votes_csv(self):
        """Every row of the chain with what its digest was made of, and the names."""
        self.ensure_one()
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        names = self._choice_names()
        ballots = self.env["tierslieux.open.ballot"].search(
            self._named_domain(), order="position"
        )
        for start in range(0, len(ballots), PORTION):
            portion = ballots[start : start + PORTION]
            for one in portion:
                row = self._chain_row(
                    one.position,
                    one.elector_id.id,
                    one.voter_id.id,
                    one.choice,
                    one.cast_at,
                )
                shown = row | {
                    "elector_name": one.elector_id.member_name,
                    "voter_name": one.voter_id.name,
                    "choice_name": self._choice_in_words(one.choice, names),
                    "previous": one.previous_digest,
                    "digest": one.digest,
                }
                writer.writerow([shown[column] for column in COLUMNS])
            portion.invalidate_recordset()
        return text.getvalue()
