"""Recompute the registers of shares of a database: usage, CONF RESULT HEAD."""

import json
import sys
from pathlib import Path

from session import session


def main(conf, result, head=""):
    with session(conf) as env:
        verdicts = [
            register._verdict(head or None)
            for register in env["tierslieux.share.register"].search([])
        ]
    Path(result).write_text(json.dumps(verdicts, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
