# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import Error

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from .common_close import OCTOBER, SEPTEMBER, CloseCommon


@tagged("post_install", "-at_install")
class TestUpgrade(CloseCommon):
    def upgrade(self, version):
        path = f"tierslieux_pass/migrations/{version}/post-migration.py"
        self.env.flush_all()
        load_script(file_path(path), "upgrade").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def forget_weights(self, lines):
        """As the lines were before there were such columns."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE tierslieux_rated_line DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE tierslieux_rated_line SET visits = 0, capped_minutes = 0"
            " WHERE id = ANY(%s)",
            [lines.ids],
        )
        self.env.cr.execute("ALTER TABLE tierslieux_rated_line ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def weights(self, lines):
        return {line.source_key: (line.visits, line.capped_minutes) for line in lines}

    def test_lines_of_months_to_settle_get_their_weights(self):
        self.visit_month(SEPTEMBER)
        closed = self.close(SEPTEMBER)
        self.visit_month(OCTOBER)
        close = self.closes.create({"month": OCTOBER})
        close._rate()
        close.state = "rated"
        # Of after the watermark: it is not in the lines, nor in their weights
        self.visit(self.ada, self.brique, OCTOBER.replace(day=20), 5)
        expected = self.weights(close.rated_line_ids)
        hours = close.rated_line_ids.filtered(lambda line: line.kind == "hours")
        self.assertTrue(all(line.visits and line.capped_minutes for line in hours))
        self.forget_weights(close.rated_line_ids | closed.rated_line_ids)

        self.upgrade("19.0.1.2.0")
        self.assertEqual(self.weights(close.rated_line_ids), expected)
        # What is settled stays as it was written
        self.assertFalse(any(closed.rated_line_ids.mapped("capped_minutes")))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(Error),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE tierslieux_rated_line SET visits = 9")

        close._run()
        self.assertEqual(close.state, "closed")
        for label, *sums in close._controls():
            self.assertEqual(len(set(sums)), 1, (label, sums))
