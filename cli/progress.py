"""Progress lines: what is being done, how far it is, how long it took."""

import sys
import time


class Step:
    """One stage of the work, told while it lasts and once when it ends.

    On a terminal the line is rewritten in place; in a log it is repeated only every
    ten seconds.
    """

    QUIET = 10  # seconds between two lines in a log

    def __init__(self, title, out=None):
        self.title = title
        self.out = out or sys.stdout
        self.live = self.out.isatty()
        self.note = ""

    def __enter__(self):
        self.start = self.told = time.monotonic()
        self._tell("…")
        return self

    def at(self, what, done=None, total=None):
        """Say where the work is; `done` of `total` when both are known."""
        now = time.monotonic()
        if now - self.told < (0.1 if self.live else self.QUIET) and done != total:
            return
        if now - self.told < self.QUIET and not self.live:
            return
        self.told = now
        count = f" {done}/{total}" if total else ""
        self._tell(f"{what}{count} · {now - self.start:.0f} s")

    def result(self, note):
        """What the last line of this step will say was done."""
        self.note = note

    def __exit__(self, kind, error, trace):
        took = time.monotonic() - self.start
        if kind is None:
            self._tell(f"{self.note or 'done'} · {took:.1f} s", last=True)
        else:
            word = "stopped" if kind is KeyboardInterrupt else "failed"
            self._tell(f"{word} · {took:.1f} s", last=True)

    def _tell(self, text, last=False):
        if self.live:
            self.out.write(f"\r\033[K{self.title}: {text}" + ("\n" if last else ""))
        elif text != "…":
            self.out.write(f"{self.title}: {text}\n")
        self.out.flush()


def say(text=""):
    print(text, flush=True)
