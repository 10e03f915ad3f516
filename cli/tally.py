"""The command `tally`: count a file of ballots, without Odoo or database."""

import importlib
import json
from pathlib import Path

from . import rules
from .main import tell
from .register import argument, command

RULES = rules.load("tierslieux_governance").__name__
ballots = importlib.import_module(f"{RULES}.ballots")
counting = importlib.import_module(f"{RULES}.tally")
readers = importlib.import_module(f"{RULES}.readers")

#: Of the same kind as a wrong argument: the file is not what the command takes.
WRONG_FILE = 2


@command(
    "tally",
    "count FILE of ballots by a method; prints JSON",
    argument(
        "file",
        metavar="FILE",
        help="pabulib .pb; PrefLib .soc .soi .toc .toi; CSV of Scottish elections, of"
        " counts and rankings, or of cast votes; cast votes in XLSX",
    ),
    argument("--method", required=True, choices=list(counting.METHODS)),
    argument("--seats", type=int, metavar="N", help="default: the file's, else 1"),
    argument("--seed", default="0", metavar="S", help="of the lot; default: 0"),
)
def tally(args):
    path = Path(args.file)
    try:
        profile = readers.read(path.name, path.read_bytes())
        result = counting.tally(profile, args.method, args.seats, args.seed)
    except OSError as error:
        tell(f"{path} cannot be read: {error.strerror}.")
        return WRONG_FILE
    except (readers.FormatError, ballots.BallotError) as error:
        tell(f"{path}: {error}.")
        return WRONG_FILE
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return 0
