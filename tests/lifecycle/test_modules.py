"""Each module installs alone, upgrades without losing a record, and uninstalls."""

import pytest

from cli import modules

#: The query that counts every row of the module's own tables and of those it adds to.
COUNTS = """
    SELECT string_agg(
               format('SELECT %L, count(*) FROM %I', relname, relname), ' UNION ALL '
               ORDER BY relname
           )
      FROM pg_class
     WHERE relkind = 'r' AND relname ~ '^(tierslieux_|res_partner$|account_move$)'
"""
LEFT_BEHIND = """
    SELECT relname FROM pg_class
     WHERE relkind IN ('r', 'v') AND relname ~ '^tierslieux_'
     UNION ALL
    SELECT proname FROM pg_proc WHERE proname ~ '^tierslieux_'
     UNION ALL
    SELECT table_name || '.' || column_name
      FROM information_schema.columns
     WHERE column_name IN ('rna', 'legal_form_id') AND table_name = 'res_partner'
     UNION ALL
    SELECT 'model ' || model FROM ir_model WHERE model ~ '^tierslieux\\.'
"""
INSTALLED = """
    SELECT name FROM ir_module_module
     WHERE state = 'installed' AND name ~ '^(tierslieux_|l10n_fr_association)'
"""


def needed(name, known):
    """A module of ours and those of ours it stands on."""
    found = {name}
    for dependency in known[name].depends:
        if dependency in known:
            found |= needed(dependency, known)
    return found


def glued(found, known):
    """The modules, and those that install themselves where the modules are."""
    glue = {
        name
        for name, module in known.items()
        if module.auto_install and {*module.depends} & {*known} <= found
    }
    return found if glue <= found else glued(found | glue, known)


def grounds(found, known):
    """Those of the modules that stand on none of ours."""
    return sorted(name for name in found if not {*known[name].depends} & {*known})


def counts(database):
    [query] = database.column(COUNTS)
    return database.rows(query)


@pytest.mark.parametrize("name", modules.installable())
def test_lives_alone(scratch, name):
    known = modules.all_modules()
    with scratch() as database:
        before = counts(database)
        database.install(name)
        installed = set(database.column(INSTALLED))
        assert installed == glued(needed(name, known), known)

        counted = counts(database)
        database.install(name, update=True)
        assert counts(database) == counted

        # what stands on the ground floor goes with it
        database.uninstall(",".join(grounds(installed, known)))
        assert database.rows(LEFT_BEHIND) == []
        assert counts(database) == before
