import pytest

from cli import environment


@pytest.mark.parametrize(
    "lock", [environment.RUNTIME, environment.TEST], ids=lambda lock: lock.name
)
def test_source_packages_are_built_with_the_lock_s_setuptools(lock):
    lines = environment.setuptools(lock).splitlines()
    assert lines[0].startswith("setuptools==")
    assert len(lines) > 1
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


def test_every_package_of_the_locks_has_a_hash():
    for lock in (environment.RUNTIME, environment.TEST, environment.LINT):
        text = lock.read_text()
        entries = text.replace("\\\n", " ").splitlines()
        assert len(entries) > 20
        for entry in entries:
            assert "--hash=sha256:" in entry, entry


def test_no_lock_names_a_registry():
    for lock in (environment.RUNTIME, environment.TEST, environment.LINT):
        assert "index-url" not in lock.read_text()
        assert "://" not in lock.read_text()


def test_the_test_lock_holds_the_runtime_lock():
    """So that installing the first is enough for both."""

    def pins(lock):
        lines = lock.read_text().splitlines()
        return {line.rstrip("\\ ") for line in lines if line[:1].isalnum()}

    assert pins(environment.RUNTIME) <= pins(environment.TEST)
