"""The pass, measured part by part; each part prints its own lines and says whether its
promises hold. ``./tierslieux bench pass settle`` runs the parts that are named.

- ``settle``: a month through `./tierslieux settle`, beside the reading of its rows;
- ``month``: the same in the database, rated lines too, beside the bare SQL aggregate;
- ``invoices``: posted invoices, beside bare ``account.move`` and OCA's contract.
"""

import sys

import _pass_invoices
import _pass_month
import _pass_settle

NEEDS = {"venues": 201, "people": 2000, "modules": ["contract"]}

#: Each part is ``main(arguments)`` of a file ``_pass_….py``, its result an exit code.
PARTS = {
    "settle": _pass_settle.main,
    "month": _pass_month.main,
    "invoices": _pass_invoices.main,
}


def main(arguments):
    unknown = set(arguments) - set(PARTS)
    if unknown:
        sys.exit(
            f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}."
        )
    codes = [PARTS[name]([]) for name in arguments or PARTS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
