"""What can go wrong, told in one sentence."""

import re

NETWORK = re.compile(
    r"Temporary failure (in name resolution|resolving)|Could not resolve"
    r"|Network is unreachable|Failed to establish a new connection"
    r"|Name or service not known|Connection (refused|timed out|failed)"
    r"|Unable to connect|Could not connect|No route to host|NewConnectionError"
)
DISK = re.compile(r"No space left on device|Disk quota exceeded")
RIGHTS = re.compile(r"Permission denied|Read-only file system")
RAISED = re.compile(
    r"^[\w.]*(Error|Exception|Warning|Exit|Interrupt)\b.*", re.MULTILINE
)


class Failure(Exception):
    """A trouble to tell the user in one sentence; the exit code is then 1."""


def reason(output):
    """Why a program failed, from what it printed: a known cause or its last words."""
    if DISK.search(output):
        return "the disk is full"
    # What ended a Python program is what it raised last: what it warned of on its way
    # (a paper whose logo was not found on the network) is not why.
    trace = output.rpartition("Traceback (most recent call last):")[2]
    if trace != output and (raised := RAISED.search(trace)):
        output = raised[0]
    if NETWORK.search(output):
        return "the network or the server cannot be reached"
    if RIGHTS.search(output):
        return "a file may not be written or read"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.search(r"(?i)(^|\s)(error|fatal|e):", line)]
    last = (errors or lines or ["it said nothing"])[-1]
    return last[:300].rstrip(".")
