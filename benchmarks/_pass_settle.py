"""The month of the pass through `./tierslieux settle`, beside the bare reading of it.

It needs no database. The floor is what any program that settles must do at least: read
the rows (`csv`) and their two instants (`datetime.fromisoformat`), and forget them.
Both sides are processes of their own, in turn, and the processor's time counts.
"""

import csv
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENUES, VISITS_A_PERSON = 200, 50
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
#: At most this many times the floor, and growing with this power of the visits.
RATIO, EXPONENT = 2, 1.1
FLOOR = """
import csv, sys
from datetime import datetime
with open(sys.argv[1], newline="") as file:
    rows = csv.reader(file)
    next(rows)
    for row in rows:
        datetime.fromisoformat(row[3]), datetime.fromisoformat(row[4])
"""
READING = """
import csv, sys
with open(sys.argv[1], newline="") as file:
    for row in csv.reader(file):
        pass
"""
RULES = {
    "month": "2026-10",
    "timezone": "Europe/Paris",
    "subscription_revenue_cents": 80_000_000,
    "fee_rate": "0.05",
    "reserve_cents": 500_000,
    "hourly_rate_cents": 400,
    "included_minutes": 1_200,
    "daily_cap_minutes": 480,
    "pool_weight": "minutes",
    "breakage": "common_fund",
    "minimum_guarantee_cents": 10_000,
    "venues": [f"v{number:03d}" for number in range(VENUES)],
}


def main(arguments):
    """Whether the promises hold; prints a line a size and what it means."""
    costs = {}
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.json"
        rules.write_text(json.dumps(RULES))
        for size in SIZES:
            visits = write_month(Path(folder) / f"{size}.csv", size)
            costs[size] = compare(size, visits, rules)
    first, last = SIZES[0], SIZES[-1]
    exponent = math.log(costs[last][0] / costs[first][0], last / first)
    print(
        f"cost grows with the power {exponent:.2f} of the visits, {first} to {last}"
        f" (at most {EXPONENT} wanted)"
    )
    ratio = costs[last][0] / costs[last][1]
    return 0 if ratio <= RATIO and exponent <= EXPONENT else 1


def compare(size, visits, rules):
    """Median seconds of ours and of the floor."""
    command = [sys.executable, ROOT / "tierslieux", "settle", visits, "--rules", rules]
    sides = {
        "settle": command,
        "floor": [sys.executable, "-c", FLOOR, visits],
        "reading": [sys.executable, "-c", READING, visits],
    }
    runs = {side: [] for side in sides}
    for _ in range(ROUNDS):
        for side, line in sides.items():
            runs[side].append(measure(line))
    seconds = {
        side: statistics.median(time for time, _ in done) for side, done in runs.items()
    }
    peak = max(memory for _, memory in runs["settle"])
    print(
        f"{size} visits, {size // VISITS_A_PERSON} persons, {VENUES} venues:"
        f" settle {seconds['settle']:.2f} s, {peak / 2**20:.0f} MB at its peak;"
        f" rows and instants read {seconds['floor']:.2f} s"
        f" ({seconds['settle'] / seconds['floor']:.1f} ×, at most {RATIO} wanted),"
        f" rows alone {seconds['reading']:.2f} s; median of {ROUNDS}",
        flush=True,
    )
    return seconds["settle"], seconds["floor"]


def measure(line):
    """Processor seconds and peak bytes of a process, and of those it started."""
    process = subprocess.Popen(list(map(str, line)), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{line[1]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def write_month(path, size):
    """October 2026: half of the visits at home, the rest anywhere, in no order."""
    draw = random.Random(2026)
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    begin = datetime(2026, 9, 30, 20, tzinfo=timezone.utc)
    change = datetime(2026, 10, 25, 1, tzinfo=timezone.utc)
    persons = max(size // VISITS_A_PERSON, 1)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["visit_id", "person", "venue", "check_in", "check_out"])
        for number in range(size):
            person = draw.randrange(persons)
            venue = person % VENUES if draw.random() < 0.5 else draw.randrange(VENUES)
            start = begin + timedelta(seconds=draw.randrange(31 * 86_400))
            end = start + timedelta(seconds=draw.randrange(60, 8 * 3_600))
            zone = summer if start < change else winter
            rows.writerow(
                [
                    f"{number:07d}",
                    f"p{person:05d}",
                    f"v{venue:03d}",
                    start.astimezone(zone).isoformat(),
                    end.astimezone(zone).isoformat(),
                ]
            )
    return path
