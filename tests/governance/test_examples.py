"""The examples in the docstrings of the rules hold."""

import doctest
import importlib
import pkgutil

import tierslieux_governance_domain as rules


def test_examples():
    tried = 0
    for found in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}."):
        failed, attempted = doctest.testmod(importlib.import_module(found.name))
        assert not failed, found.name
        tried += attempted
    assert tried
