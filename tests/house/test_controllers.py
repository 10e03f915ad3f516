"""Controllers of different modules that extend the same page do not hide each other.

Odoo makes one class of every controller that inherits from the same one. Two methods of
one name then are one method, without a word: the last module's. Unless it calls the
others, a page of another module is gone.
"""

import ast
from collections import defaultdict
from pathlib import Path

ADDONS = Path(__file__).parents[2] / "addons"

#: Controllers of the core which several modules extend.
SHARED = {"CustomerPortal", "Home", "Website", "WebsiteEventController"}


def classes(folder):
    for file in sorted(folder.glob("*/controllers/*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef):
                yield file.parts[-3], node


def bases(node):
    return {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}


def calls_the_others(method):
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == method.name
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "super"
        for node in ast.walk(method)
    )


def hidden(folder):
    """{base: {method: [where it is written]}} of what is there more than once.

    A class that extends one of ours shares its names too: `Named(Votes)`.
    """
    found = list(classes(folder))
    roots = {name: name for name in SHARED}
    for _module, node in found:
        for base in bases(node):
            if base in roots:
                roots[node.name] = roots[base]
    written = defaultdict(lambda: defaultdict(list))
    for module, node in found:
        if node.name not in roots:
            continue
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and not calls_the_others(method):
                written[roots[node.name]][method.name].append(f"{module}: {node.name}")
    return {
        (base, method): places
        for base, methods in written.items()
        for method, places in methods.items()
        if len(places) > 1
    }


def test_no_page_hides_another():
    assert not hidden(ADDONS)


def test_two_pages_of_one_name_are_found(tmp_path):
    for module, line in ("a", "return 1"), ("b", "return 2"), ("c", "super().quit()"):
        controllers = tmp_path / module / "controllers"
        controllers.mkdir(parents=True)
        (controllers / "portal.py").write_text(
            f"class Portal(CustomerPortal):\n    def quit(self):\n        {line}\n"
        )
    assert hidden(tmp_path) == {("CustomerPortal", "quit"): ["a: Portal", "b: Portal"]}
