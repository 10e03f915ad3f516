"""The command `lint`: style, OCA's conventions, and the direction of dependencies."""

import ast
import io
import sys
import tokenize

from . import environment, modules, paths, running, stages
from .failures import Failure
from .progress import Step
from .register import command

NETWORK = "tierslieux_network"
#: Our modules that may stand on another of ours beside the network.
ABOVE = {"tierslieux_pass": {"tierslieux_booking"}}
#: The demo fills every module, hence stands on all.
TOP = {modules.DEMO}

#: OCA writes README.rst by machine, from elsewhere; a compute that calls super has
#: nothing to return; what two concerns add to one model stands in two files; a text
#: of a module is lazy, its language known later; small tables are read whole.
UNWANTED_PYLINT = (
    "missing-readme,missing-return,consider-merging-classes-inherited"
    ",prefer-env-translation,no-search-all"
)
#: In a page's template a directive (t-if, t-foreach) reads better before the rest.
UNWANTED_XML = "xml-tag-position"


@command("lint", "ruff, pylint-odoo, OCA's checks, direction of dependencies")
def lint(args):
    """Every check, each told; one failure at the end for all."""
    paths.prepare()
    with stages.lock("setup"):
        environment.ensure_lint()
    names = list(modules.all_modules())
    with Step("Lint") as step:
        faults = [
            *upward(modules.all_modules()),
            *impure(paths.ADDONS),
            *unexplained(paths.ADDONS),
        ]
        for title, command, folder in tools(names):
            step.at(title)
            code, output = running.run(
                command,
                what=title,
                cwd=folder,
                check=False,
                env=paths.surroundings(
                    PYTHONDONTWRITEBYTECODE="1", PYLINTHOME=str(paths.CACHE / "pylint")
                ),
            )
            if code:
                faults.append(output.strip())
        if faults:
            raise Failure("\n".join([*faults, f"Lint: {len(faults)} checks failed."]))


def tools(names):
    """(title, command, folder to run in) of each linter."""
    bin_ = paths.LINT_VENV / "bin"
    yield (
        "ruff",
        [bin_ / "ruff", "check", "--no-cache", "--output-format=concise", "."],
        paths.ROOT,
    )
    if not names:
        return
    pylint = [bin_ / "pylint", "--rcfile", paths.ROOT / ".pylintrc"]
    pylint += ["--disable=all", "--enable=odoolint", f"--disable={UNWANTED_PYLINT}"]
    yield "pylint-odoo", [*pylint, *names], paths.ADDONS
    for name in names:
        checks = [bin_ / "oca-checks-odoo-module", f"--disable={UNWANTED_XML}", "."]
        yield f"OCA checks of {name}", checks, paths.ADDONS / name


def upward(found):
    """Dependencies that do not point down: sideways, up, or out of the house. What is
    installed by itself where two modules are joins them, and nobody stands on it."""
    for name, module in found.items():
        ours = {other for other in module.depends if other.startswith("tierslieux_")}
        glue = module.auto_install and len(ours) > 1
        if name in TOP or glue:
            continue
        allowed = {NETWORK} | ABOVE.get(name, set())
        if not name.startswith("tierslieux_") or name == NETWORK:
            allowed = set()
        for other in sorted(ours - allowed - {name}):
            yield f"addons/{name}/__manifest__.py: may not depend on {other}"


def impure(addons):
    """Imports by which a rule in `domain/` leaves the standard library."""
    for path in sorted(addons.glob("*/domain/**/*.py")):
        depth = len(path.relative_to(addons).parts) - 2
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                # A relative import may climb as far as the domain folder
                names = [node.module or ""] if not node.level else []
                if node.level > depth:
                    names = ["." * node.level + (node.module or "")]
            else:
                continue
            for name in names:
                if name.split(".")[0] not in sys.stdlib_module_names:
                    where = path.relative_to(paths.ROOT)
                    yield f"{where}:{node.lineno}: a rule may not import {name}"


def unexplained(addons):
    """Calls of `sudo()` in whose function no comment before them says why, `# sudo: …`.
    Tests do what nobody else may; `sudo(False)` gives up a right."""
    for path in sorted(addons.glob("*/**/*.py")):
        if "tests" in path.relative_to(addons).parts:
            continue
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        calls = [
            node.end_lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "sudo"
            and not node.args
        ]
        if not calls:
            continue
        reasons = [
            token.start[0]
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT and "# sudo: " in token.string
        ]
        functions = [
            (node.lineno, node.end_lineno)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        ]
        for line in sorted(calls):
            around = [first for first, last in functions if first <= line <= last]
            first = min(around, default=line - 5)
            if not any(first <= reason <= line for reason in reasons):
                where = path.relative_to(paths.ROOT)
                yield f"{where}:{line}: sudo() without a comment that says why"
