# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time

from odoo.tests import tagged
from odoo.tools import SQL

from .common import GovernanceCommon

SIZES = (100, 20_000)


@tagged("post_install", "-at_install")
class TestElectorateSize(GovernanceCommon):
    """The same number of queries for a hundred electors and for twenty thousand."""

    def _query_members(self, count):
        """Members of the first college, persons who owe no dues."""
        return SQL(
            """
            WITH person AS (
                INSERT INTO res_partner
                SELECT (jsonb_populate_record(
                           model,
                           jsonb_build_object(
                               'id', nextval('res_partner_id_seq'),
                               'name', 'Membre ' || n,
                               'complete_name', 'Membre ' || n
                           )
                       )).*
                  FROM res_partner model, generate_series(1, %(count)s) n
                 WHERE model.id = %(model)s
             RETURNING id, name
            ),
            membership AS (
                INSERT INTO tierslieux_membership (
                    partner_id, college_id, company_id, sort_name
                )
                SELECT id, %(college)s, %(company)s, name FROM person
             RETURNING id
            )
            INSERT INTO tierslieux_membership_event (membership_id, kind, date, user_id)
            SELECT id, kind, '2025-01-01', %(user)s
              FROM membership, unnest(ARRAY['application', 'admission']) kind
            """,
            count=count,
            model=self.hedy.id,
            college=self.venues.id,
            company=self.env.company.id,
            user=self.env.uid,
        )

    def count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def measure(self, size):
        self.env.cr.execute(self._query_members(size))
        # What autovacuum does after so many rows
        self.env.cr.execute(
            SQL(
                "ANALYZE res_partner, tierslieux_membership,"
                " tierslieux_membership_event"
            )
        )
        assembly = self.create_assembly()
        assembly.write({"state": "convened", "cutoff_date": "2026-10-01"})
        assembly.statutes_version_id = self.statutes
        start = time.monotonic()
        counts = {"freeze": self.count(assembly._freeze)}
        self.assertLess(time.monotonic() - start, 20)
        self.assertGreaterEqual(len(assembly.elector_ids), size)
        electors = assembly.elector_ids.filtered("voter_id")
        holder, *others = electors.sorted("id")[-size // 2 :]
        self.env["tierslieux.attendance"].create(
            [
                {"assembly_id": assembly.id, "elector_id": one.id}
                for one in (holder, *others[: size // 40])
            ]
        )
        self.env["tierslieux.proxy"].create(
            {"principal_id": others[-1].id, "holder_id": holder.id}
        )
        counts["quorum"] = self.count(lambda: assembly._quorum_sentence())
        counts["power"] = self.count(
            lambda: assembly._voting_power(voter=holder.voter_id)
        )
        counts["all powers"] = self.count(lambda: assembly._voting_power())
        counts["search"] = self.count(
            lambda: electors.browse(holder.id)._search_holders("Membre 9")
        )
        counts["board sheet"] = self.count(lambda: assembly._attendance_lines("Membre"))
        power = assembly._voting_power(voter=holder.voter_id)[holder.voter_id]
        self.assertEqual(power, holder | others[-1])
        return counts

    def test_constant_queries(self):
        self.measure(SIZES[0])  # fills the caches
        small, large = (self.measure(size) for size in SIZES)
        self.assertEqual(small, large)
        self.assertLess(max(large.values()), 25)
