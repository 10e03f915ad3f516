# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The promises of the votes: cast over HTTP by many at once, none lost, none doubled,
whatever is killed; counted faster than the peers count.

    ./tierslieux bench votes [--seconds N] [--electors N] [--kills N]
                             [--only casting|kills|counts]

A server of several processes serves an assembly of 20 000 electors. For each kind of
vote 32 voters at once vote for 60 seconds, in slices that alternate with slices of 32
clerks whose POSTs write one bare row; sessions are opened between the slices, through
the personal links. Then one voter comes on 16 connections; then all processes of the
server are killed while members vote both ways, and started again, four times.
"""

import argparse
import itertools
import os
import signal
import sys
import threading
from collections import Counter

import _vote_casting as casting
import _vote_counts as counts

from odoo.tools import config

NEEDS = {"venues": 201, "people": 2000, "modules": []}
AT_ONCE, CONNECTIONS = 32, 16
# Votes acknowledged before a kill, and a little more before the next
BEFORE_KILL, LATER = 100, 7
SLICES, WARM_UP = 6, 3
FIRST_VOTERS = 1500
TARGET = 0.7
SECRECIES = ("open", "confidential")


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--electors", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--only", choices=("casting", "kills", "counts"))
    options = parser.parse_args(argv)
    held = []
    if options.only != "counts":
        held += measure_casting(options)
    if options.only in (None, "counts"):
        held += counts.compare_all()
    say(f"{held.count(True)} promises hold, {held.count(False)} do not")
    return 0 if all(held) else 1


def say(text):
    print(text, flush=True)


def promise(text, kept):
    say(f"  {'yes' if kept else 'NO '}  {text}")
    return kept


def measure_casting(options):
    conf, database = os.environ["TIERSLIEUX_CONF"], os.environ["TIERSLIEUX_DB"]
    config.parse_config(["-c", conf, "-d", database, "--no-http"], setup_logging=False)
    with casting.environment(database) as env:
        say(f"an assembly of {options.electors} electors")
        # what is measured pays for keeping its last second
        env.cr.execute("SET synchronous_commit = on")
        casting.make_clerk(env)
        acts = [options.only] if options.only else ["casting", "kills"]
        names = {f"{act} {secrecy}": secrecy for act in acts for secrecy in SECRECIES}
        assembly, motions = casting.make_assembly(env, names, options.electors)
        with casting.Server(conf, database) as server:
            election = Election(env, server, assembly, next(iter(motions.values())))
            # no transaction stays open while members vote
            env.cr.commit()
            held = []
            if "casting" in acts:
                election.clerks = casting.Clerks(server, database, AT_ONCE)
                for secrecy in SECRECIES:
                    held += election.measure(
                        motions[f"casting {secrecy}"], options.seconds
                    )
            if "kills" in acts:
                held += election.kill(
                    [motions[f"kills {secrecy}"] for secrecy in SECRECIES],
                    options.kills,
                )
        return held


class Election:
    def __init__(self, env, server, assembly, motion):
        self.env, self.server = env, server
        self.voters = casting.Voters(server, assembly, motion)
        self.clerks = None

    # One motion

    def measure(self, motion, seconds):
        ours, bare = casting.Slices(), casting.Slices()
        acknowledged, next_voter = {}, 0
        needed = FIRST_VOTERS * seconds // 60
        for number in range(SLICES + 1):
            # the first slices warm the server up
            length = seconds / SLICES if number else WARM_UP
            came = self.voters.up_to(next_voter + needed)
            queue = iter(came[next_voter:])
            lock = threading.Lock()
            cast_before = len(acknowledged)

            def cast(_thread, queue=queue, lock=lock):
                with lock:
                    voter = next(queue)
                choice = casting.CHOICES[int(voter.elector) % 4]
                done, answer = self.voters.cast(motion.id, voter, choice)
                if not done:
                    raise RuntimeError(f"a vote was answered {answer.status}")
                acknowledged[int(voter.elector)] = choice

            def write(thread):
                done, answer = self.clerks.write(thread)
                if not done:
                    raise RuntimeError(f"a bare row was not written: {answer.text}")

            mine, theirs = (
                (ours, bare) if number else (casting.Slices(), casting.Slices())
            )
            mine.run(AT_ONCE, length, cast)
            theirs.run(AT_ONCE, length, write)
            cast_now = len(acknowledged) - cast_before
            next_voter += cast_now
            # a cold slice says too little of what a warm one takes
            pace = int(cast_now / length * seconds / SLICES * 1.5) + 4 * AT_ONCE
            needed = max(needed, pace)
        say(f"{motion.secrecy} vote, {AT_ONCE} voters at once")
        say(f"  ballots: {ours}")
        say(f"  bare rows: {bare}")
        ratio = ours.rate / bare.rate
        held = [
            promise(f"{ratio:.2f} × the bare rate, at least {TARGET}", ratio >= TARGET)
        ]
        held += self.check(motion, acknowledged, {})
        held += self.one_voter(motion, self.voters.up_to(next_voter + 1)[-1])
        return held

    def one_voter(self, motion, voter):
        """One voter who posts on many connections at the same moment."""
        barrier = threading.Barrier(CONNECTIONS)
        answers = []

        def cast():
            barrier.wait()
            answers.append(self.voters.cast(motion.id, voter, "for"))

        casting.in_threads(CONNECTIONS, cast)
        done = sum(done for done, _answer in answers)
        told = sum(
            b'role="alert"' in answer.text for done, answer in answers if not done
        )
        cast = Counter(elector for elector, _choice in self.cast(motion))
        return [
            promise(
                f"one voter on {CONNECTIONS} connections: {done} ballot, {told} told",
                (done, told, cast[int(voter.elector)]) == (1, CONNECTIONS - 1, 1),
            )
        ]

    def cast(self, motion):
        """The list of those who voted, as it is now."""
        self.env.cr.commit()
        return self.env.execute_query(casting.query_cast(motion))

    def check(self, motion, acknowledged, unanswered):
        """That what was acknowledged is there, and nothing that nobody sent.

        :param acknowledged: ``{elector: choice}``
        :param unanswered: the same for those who were told nothing
        """
        rows = self.cast(motion)
        cast = {elector for elector, _choice in rows}
        sent = {**unanswered, **acknowledged}
        held = [
            promise(
                f"none lost: {len(acknowledged)} acknowledged, {len(rows)} on the list",
                acknowledged.keys() <= cast <= sent.keys(),
            ),
            promise("none doubled", len(cast) == len(rows)),
        ]
        expected = Counter(sent[elector] for elector in cast if elector in sent)
        if motion.secrecy == "open":
            held += [
                promise(
                    "each choice as sent", all(sent[one] == how for one, how in rows)
                ),
                promise("the chain holds", motion._first_break() is None),
            ]
        else:
            urn = Counter(dict(self.env.execute_query(casting.query_urn(motion))))
            held += [
                promise(
                    f"émargement {len(rows)} = urn {urn.total()}",
                    len(rows) == urn.total(),
                ),
                promise("the urn holds the choices sent", urn == expected),
            ]
        return held

    # Kills

    def kill(self, motions, kills):
        """Kill the server while members vote, look, start it again."""
        say(f"kill -9 of the server while members vote, {kills} times")
        sent = {motion: ({}, {}) for motion in motions}
        held, used = [], 0
        for number in range(kills):
            if number:
                self.server.start()
            target = BEFORE_KILL + LATER * number
            came = self.voters.up_to(used + target // 2 + 2 * AT_ONCE)
            self.vote_until_killed(iter(came[used:]), sent, target)
            used = len(came)
            there = sum(len(acknowledged) for acknowledged, _rest in sent.values())
            held.append(promise(f"killed: {there} acknowledged", there >= target))
            for motion, (acknowledged, unanswered) in sent.items():
                say(f"  {motion.secrecy} vote")
                held += self.check(motion, acknowledged, unanswered)
        return held

    def vote_until_killed(self, voters, sent, target):
        """Each voter votes on every motion; each thread goes on until it is told
        nothing. The server is killed at the vote acknowledged as number ``target``.

        :param sent: ``{motion: (acknowledged, told nothing)}``, both
            ``{elector: choice}``
        """
        lock, reached = threading.Lock(), threading.Event()
        numbers = itertools.count(1)

        def vote():
            while True:
                with lock:
                    voter = next(voters, None)
                if voter is None:
                    return
                elector = int(voter.elector)
                choice = casting.CHOICES[elector % 4]
                for motion, (acknowledged, unanswered) in sent.items():
                    unanswered[elector] = choice
                    try:
                        done, _answer = self.voters.cast(motion.id, voter, choice)
                    except (OSError, casting.http.client.HTTPException):
                        return
                    if not done:
                        return
                    acknowledged[elector] = unanswered.pop(elector)
                    if next(numbers) == target:
                        reached.set()

        def kill():
            reached.wait()
            self.server.end(signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        casting.in_threads(AT_ONCE, vote)
        reached.set()
        killer.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
