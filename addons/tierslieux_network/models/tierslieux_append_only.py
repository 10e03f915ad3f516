# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL


class AppendOnly(models.AbstractModel):
    """Records that prove something: written once, never changed, by anyone.

    The database itself refuses update, delete and truncate, so that neither the
    administrator, nor a script, nor a console can rewrite history unseen. A
    correction is a new record that names what it corrects.
    """

    _name = "tierslieux.append.only"
    _description = "Append-only records"

    def init(self):
        super().init()
        if self._name == AppendOnly._name:
            self._query_create_refusal_function()
        if self._auto and not self._abstract:
            self._query_create_refusal_triggers()

    def _query_create_refusal_function(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_refuse_change()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION
                        'The records of %% are append-only: add a correction instead.',
                        TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END $$
                """
            )
        )

    def _query_create_refusal_triggers(self):
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER append_only_row
                    BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_refuse_change();
                CREATE OR REPLACE TRIGGER append_only_table
                    BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION tierslieux_refuse_change();
                """,
                table=table,
            )
        )
