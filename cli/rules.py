"""The rules of a module's `domain/`, without Odoo: pure functions of files."""

import importlib.util
import sys

from . import paths


def load(module):
    """The package `domain` of a module, known from then on as `MODULE_domain`."""
    name = f"{module}_domain"
    if name not in sys.modules:
        folder = paths.ADDONS / module / "domain"
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        package = importlib.util.module_from_spec(spec)
        sys.modules[name] = package
        spec.loader.exec_module(package)
    return sys.modules[name]
