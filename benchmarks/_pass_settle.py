"""The month of the pass through `./tierslieux settle`, beside the bare reading of it.

It needs no database. The floor is what any program that settles must do at least: read
the rows (`csv`) and their two instants (`datetime.fromisoformat`), and forget them.
Both sides are commands of their own, in turn, and the time that passes counts: the
floor goes through one file and can but use one processor, we take those there are. What
all processors spent is told beside, and the growth is that of their time.
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
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

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
    spent = {size: costs[size]["settle"].spent for size in SIZES}
    exponent = math.log(spent[last] / spent[first], last / first)
    ratio = costs[last]["settle"].passed / costs[last]["floor"].passed
    print(
        f"cost grows with the power {exponent:.2f} of the visits, {first} to {last}"
        f" (at most {EXPONENT} wanted{_missed(exponent > EXPONENT)}); {last} take"
        f" {ratio:.2f} × the floor (at most {RATIO} wanted{_missed(ratio > RATIO)})"
    )
    return int(ratio > RATIO or exponent > EXPONENT)


def _missed(missed):
    return ", MISSED" if missed else ""


class Cost(NamedTuple):
    """Seconds that passed, seconds that processors spent, bytes at the peak."""

    passed: float
    spent: float
    peak: int


def compare(size, visits, rules):
    """``{side: Cost}``, medians."""
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
    costs = {
        side: Cost(*map(statistics.median, zip(*done, strict=True)))
        for side, done in runs.items()
    }
    ours, floor = costs["settle"], costs["floor"]
    print(
        f"{size} visits, {size // VISITS_A_PERSON} persons, {VENUES} venues:"
        f" settle {ours.passed:.2f} s, {ours.peak / 2**20:.0f} MB at its peak;"
        f" rows and instants read {floor.passed:.2f} s"
        f" ({ours.passed / floor.passed:.2f} ×);"
        f" of processors {ours.spent:.2f} s and {floor.spent:.2f} s"
        f" ({ours.spent / floor.spent:.2f} ×);"
        f" rows alone {costs['reading'].passed:.2f} s; median of {ROUNDS}",
        flush=True,
    )
    return costs


def measure(line):
    """The ``Cost`` of a process and of those it started; their peak is the highest
    of one."""
    begin = time.perf_counter()
    process = subprocess.Popen(list(map(str, line)), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{line[1]} failed")
    return Cost(passed, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


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
