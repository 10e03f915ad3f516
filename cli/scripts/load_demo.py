"""Fill a database with the demo network: usage, CONF VENUES PEOPLE LOGINS_FILE."""

import json
import sys
from pathlib import Path

from session import progress, session


def main(conf, venues, people, logins):
    with session(conf) as env:
        demo = env["tierslieux.demo"]
        demo.load(venues=int(venues), people=int(people), progress=progress)
        Path(logins).write_text(json.dumps(demo.logins(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
