"""The command `verify-register`: is a register of share movements what was recorded?"""

import importlib
import json
from pathlib import Path

from . import odoo_process, paths
from . import rules as domain
from .commands import ready
from .failures import Failure
from .main import tell
from .progress import Step
from .register import argument, command

RULES = domain.load("tierslieux_fonciere").__name__
verification = importlib.import_module(f"{RULES}.verification")

#: The register is not what was recorded, or the file is no register.
TAMPERED = 2


@command(
    "verify-register",
    "recompute a register of shares and name the first movement tampered with",
    argument(
        "source",
        metavar="FILE_OR_DATABASE",
        help="an exported register (.json, .csv), read without a server; or a database",
    ),
    argument(
        "--head",
        metavar="DIGEST",
        help="a digest kept earlier, as on a certificate: it must be in the register",
    ),
)
def verify_register(args):
    path = Path(args.source)
    found = (
        verify_file(path, args.head)
        if path.is_file()
        else verify_database(args.source, args.head)
    )
    print(json.dumps(found, ensure_ascii=False, indent=2))
    problems = [one["problem"] for one in found if one["problem"]]
    for problem in problems:
        tell(f"{problem}.")
    return TAMPERED if problems else 0


def verify_file(path, head):
    try:
        movements = verification.read(path.name, path.read_bytes())
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.") from error
    except verification.FormatError as error:
        return [{"register": str(path), "problem": f"{path}: {error}"}]
    verdict = verification.verify(movements, head)
    return [
        {
            "register": str(path),
            "movements": verdict.count,
            "head": verdict.head,
            "shares": sum(verdict.holdings.values()),
            "holders": len(verdict.holdings),
            "capital": f"{verdict.capital / 100:.2f}",
            "problem": verdict.problem and verdict.problem.text,
        }
    ]


def verify_database(name, head):
    with ready() as databases:
        if not databases.exists(name):
            raise Failure(f"There is no file and no database {name}.")
        result = paths.RUN / f"register-{name}.json"
        try:
            with Step(f"Registers of {name}") as step:
                odoo_process.script(
                    "verify_register",
                    databases.conf(name),
                    result,
                    head or "",
                    step=step,
                    what="The registers could not be read",
                )
            return json.loads(result.read_text(encoding="utf-8"))
        finally:
            paths.remove(result)
