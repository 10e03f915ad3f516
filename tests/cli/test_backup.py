"""A restored database answers the same counts and attachment hashes."""

import hashlib

import pytest

TABLES = """
    SELECT table_name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1
"""
FILES = """
    SELECT id, store_fname, checksum FROM ir_attachment
     WHERE store_fname IS NOT NULL ORDER BY id
"""


@pytest.fixture(scope="module")
def restored(sandbox):
    template = f"{sandbox.prefix}_template"
    file = sandbox.folder / "backup.zip"
    name = f"{sandbox.prefix}_restored"
    sandbox.run("backup", file, "--database", template)
    sandbox.run("restore", file, name)
    yield template, name
    sandbox.databases.server.sql(f'DROP DATABASE "{name}"')


def counts(sandbox, name):
    """The number of rows of every table."""
    tables = [table for (table,) in sandbox.databases.server.sql(TABLES, name)]
    count = (f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
    return sandbox.databases.server.sql(" UNION ALL ".join(count), name)


def test_same_counts(sandbox, restored):
    before, after = (counts(sandbox, name) for name in restored)
    assert len(before) > 100
    assert after == before


def test_same_files(sandbox, restored):
    before, after = (sandbox.databases.server.sql(FILES, name) for name in restored)
    assert len(before) > 100
    assert after == before
    for _id, name, checksum in after:
        body = (sandbox.files(restored[1]) / name).read_bytes()
        assert hashlib.sha1(body).hexdigest() == checksum


def test_a_name_that_is_taken_is_refused(sandbox, restored):
    file = sandbox.folder / "backup.zip"
    output = sandbox.run("restore", file, restored[1], code=1)
    assert output.splitlines()[-1] == f"There is already a database {restored[1]}."


def test_a_file_that_is_no_backup_leaves_nothing(sandbox):
    file = sandbox.folder / "not.zip"
    file.write_text("not a zip file")
    name = f"{sandbox.prefix}_none"
    output = sandbox.run("restore", file, name, code=1)
    assert "could not be restored" in output.splitlines()[-1]
    assert not [known for known in sandbox.names() if known.startswith(name)]


def test_a_missing_file_is_told(sandbox):
    output = sandbox.run("restore", sandbox.folder / "no.zip", "any", code=1)
    assert output == f"There is no file {sandbox.folder / 'no.zip'}.\n"
