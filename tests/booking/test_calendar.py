# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tierslieux_booking_domain import cancellation, search
from tierslieux_network_domain import calendar

START = datetime(2026, 3, 2, 9)


def event(**values):
    return calendar.Event(
        **{
            "uid": "R1@x",
            "start": START,
            "stop": START + timedelta(hours=1),
            "stamp": START,
            "summary": "Salle",
            **values,
        }
    )


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


@given(st.text(max_size=400))
def test_any_text_comes_back(text):
    """Folded at 75 octets, escaped, and read back as it was."""
    written = calendar.calendar([event(summary=text)])
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    [line] = [one for one in unfolded(written) if one.startswith("SUMMARY:")]
    read, rest = "", iter(line.removeprefix("SUMMARY:"))
    for char in rest:
        if char == "\\":
            char = next(rest)
            char = "\n" if char == "n" else char
        read += char
    kept = "".join(one for one in text if one >= " " or one in "\r\n\t")
    assert read == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_lines():
    lines = unfolded(
        calendar.calendar(
            [event(cancelled=True, sequence=2, latitude=45.0, longitude=4.0)],
            name="Mes réservations",
            method="CANCEL",
        )
    )
    for line in (
        "METHOD:CANCEL",
        "X-WR-CALNAME:Mes réservations",
        "DTSTART:20260302T090000Z",
        "DTEND:20260302T100000Z",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        "GEO:45.000000;4.000000",
    ):
        assert line in lines


def test_until_when_it_can_be_cancelled():
    assert cancellation.in_time(START, 24, START - timedelta(hours=24))
    assert not cancellation.in_time(START, 24, START - timedelta(hours=23, minutes=59))
    assert not cancellation.in_time(START, 0, START)


def test_distance():
    lyon, paris = (45.764, 4.8357), (48.8566, 2.3522)
    assert abs(search.kilometres(lyon, paris) - 392) < 2
    assert search.kilometres(lyon, lyon) == 0
