"""The command `settle`: a month of the pass settled, without Odoo or database."""

import gc
import importlib
import json
from pathlib import Path

from . import parts
from . import rules as domain
from .main import tell
from .register import argument, command

RULES = domain.load("tierslieux_pass").__name__
settlement = importlib.import_module(f"{RULES}.settlement")

#: Of the same kind as a wrong argument: the files are not what the command takes.
WRONG_FILE = 2
#: Lines that are told one by one.
TOLD = 50


@command(
    "settle",
    "share a month of the pass among the venues from their VISITS; prints JSON",
    argument("visits", metavar="VISITS", help="CSV of the month's visits"),
    argument("--rules", required=True, metavar="RULES", help="JSON of the rules"),
)
def settle(args):
    # Nothing here refers to itself; the collector would look through every visit.
    gc.disable()
    reading = Path(args.rules)
    try:
        rules = settlement.read_rules(reading.read_text(encoding="utf-8-sig"))
        reading = Path(args.visits)
        visits = settlement.read_visits(reading, rules, parts.at_once)
        reading = Path(args.rules)
        result = settlement.settle(rules, visits, parts.at_once)
    except OSError as error:
        tell(f"{reading} cannot be read: {error.strerror}.")
        return WRONG_FILE
    except UnicodeDecodeError:
        tell(f"{reading} is not a text in UTF-8.")
        return WRONG_FILE
    except settlement.RuleError as error:
        tell(f"{reading}: {error}.")
        return WRONG_FILE
    except settlement.BadRows as error:
        for line, sentence in error.rows[:TOLD]:
            tell(f"{reading}, line {line}: {sentence}.")
        if len(error.rows) > TOLD:
            tell(f"{reading}: {len(error.rows) - TOLD} more bad lines.")
        return WRONG_FILE
    print(json.dumps(result, indent=2))
    return 0
