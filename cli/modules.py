"""The addons of this checkout: which are installed, in what state their files are."""

import ast
import hashlib
from dataclasses import dataclass

from . import paths
from .failures import Failure

#: Installed last, and filled by a loader of its own: see `cli/scripts/load_demo.py`.
DEMO = "tierslieux_demo"
#: Files an installed module is not made of: no upgrade when they change.
ASIDE = {"tests", "static", "readme", "docs", "__pycache__"}


@dataclass(frozen=True)
class Module:
    name: str
    depends: tuple
    installable: bool
    auto_install: bool = False

    @property
    def folder(self):
        return paths.ADDONS / self.name


def all_modules():
    """The addons of the checkout, by name."""
    found = {}
    for manifest in sorted(paths.ADDONS.glob("*/__manifest__.py")):
        name = manifest.parent.name
        try:
            values = ast.literal_eval(manifest.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            raise Failure(f"The manifest of {name} cannot be read: {error}.") from error
        found[name] = Module(
            name,
            tuple(values.get("depends", ("base",))),
            values.get("installable", True),
            bool(values.get("auto_install")),
        )
    return found


def installable():
    """The names of the modules to install, the demo last."""
    names = [name for name, module in all_modules().items() if module.installable]
    return sorted(names, key=lambda name: (name == DEMO, name))


def ground():
    """What the addons stand on: modules of Odoo and OCA they name as dependencies."""
    ours = all_modules()
    needed = {name for module in ours.values() for name in module.depends}
    return sorted(needed - set(ours) | {"website", "portal"})


def fingerprint(name):
    """A hash over what an installed module is made of."""
    folder = paths.ADDONS / name
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not ASIDE.intersection(inside.parts):
            sha.update(str(inside).encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]


def fingerprints():
    return {name: fingerprint(name) for name in installable()}
