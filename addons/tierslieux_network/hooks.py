# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def create_search_extension(env):
    """The directory's search forgives typos with pg_trgm, a trusted extension:
    the owner of the database may create it."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


def drop_refusal_function(env):
    """The triggers of append-only tables go with their tables; their function stays
    behind unless it is dropped. CASCADE takes the triggers of tables still there."""
    env.cr.execute("DROP FUNCTION IF EXISTS tierslieux_refuse_change() CASCADE")
