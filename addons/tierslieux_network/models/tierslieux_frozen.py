# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from ..domain import wording

MARKS = {
    wording.KEPT: Markup("%s"),
    wording.REMOVED: Markup("<del class='text-danger'>%s</del>"),
    wording.ADDED: Markup("<ins class='text-success'>%s</ins>"),
}


class Frozen(models.AbstractModel):
    """Records that are written freely until they are adopted, and never after.

    The database refuses to change or delete a record once its column ``_frozen_by``
    is set, and to add, change or remove the parts of such a record: a part names, in
    ``_frozen_parent``, the many2one that leads to it; many2many fields that are parts
    of it are named in ``_frozen_relations``. An adopted record is replaced by a new
    version.
    """

    _name = "tierslieux.frozen"
    _description = "Records fixed once adopted"

    _frozen_by = "adopted_on"
    _frozen_parent = None
    _frozen_relations = ()

    @api.model
    def _marked(self, before, after):
        """What changed from one text to another, word by word, for a page."""
        return Markup("<p style='white-space: pre-line'>%s</p>") % Markup("").join(
            MARKS[kind] % text for kind, text in wording.differences(before, after)
        )

    def init(self):
        super().init()
        if self._name == Frozen._name:
            self._query_create_functions()
        if not self._auto or self._abstract:
            return
        if self._frozen_parent:
            whole = self.env[self._fields[self._frozen_parent].comodel_name]
            self._query_create_part_trigger(self._table, whole, self._frozen_parent)
        else:
            self._query_create_whole_trigger()
        for name in self._frozen_relations:
            field = self._fields[name]
            self._query_create_part_trigger(field.relation, self, field.column1)
        self._query_create_truncate_trigger()

    def _query_create_functions(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_refuse_adopted()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION USING
                        ERRCODE = 'integrity_constraint_violation',
                        MESSAGE = 'A record of ' || TG_TABLE_NAME
                            || ' is fixed once adopted: make a new version.';
                END $$;
                CREATE OR REPLACE FUNCTION tierslieux_refuse_part_of_adopted()
                RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    whole bigint;
                    adopted boolean;
                BEGIN
                    FOREACH whole IN ARRAY ARRAY[
                        (to_jsonb(OLD) ->> TG_ARGV[1])::bigint,
                        (to_jsonb(NEW) ->> TG_ARGV[1])::bigint
                    ] LOOP
                        -- the lock waits for an adoption under way
                        EXECUTE 'SELECT ' || quote_ident(TG_ARGV[2])
                            || ' IS NOT NULL FROM ' || quote_ident(TG_ARGV[0])
                            || ' WHERE id = $1 FOR SHARE'
                            INTO adopted USING whole;
                        IF adopted THEN
                            RAISE EXCEPTION USING
                                ERRCODE = 'integrity_constraint_violation',
                                MESSAGE = 'The parts of ' || TG_ARGV[0]
                                    || ' are fixed once it is adopted.';
                        END IF;
                    END LOOP;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                """
            )
        )

    def _query_create_whole_trigger(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER frozen_row
                    BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW WHEN (OLD.%(column)s IS NOT NULL)
                    EXECUTE FUNCTION tierslieux_refuse_adopted()
                """,
                table=SQL.identifier(self._table),
                column=SQL.identifier(self._frozen_by),
            )
        )

    def _query_create_part_trigger(self, table, whole, column):
        """Refuse to touch the rows of a table that are of an adopted whole."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER frozen_part
                    BEFORE INSERT OR UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_refuse_part_of_adopted(
                        %(whole)s, %(column)s, %(frozen_by)s
                    )
                """,
                table=SQL.identifier(table),
                whole=whole._table,
                column=column,
                frozen_by=whole._frozen_by,
            )
        )

    def _query_create_truncate_trigger(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER frozen_table
                    BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION tierslieux_refuse_adopted()
                """,
                table=SQL.identifier(self._table),
            )
        )
