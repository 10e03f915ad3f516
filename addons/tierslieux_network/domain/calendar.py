"""Calendar text that every calendar program reads (RFC 5545).

Lines end in CRLF and are folded at 75 octets, never inside a character; commas,
semicolons, backslashes and line ends of a text are escaped; instants are in UTC.
"""

from typing import NamedTuple

LINE_OCTETS = 75
PRODUCT = "-//Tierslieux//Agenda//FR"


class Event(NamedTuple):
    """``uid`` never changes; ``sequence`` grows with each change of the event, so that
    calendars follow. Instants are naive ``datetime`` in UTC."""

    uid: str
    start: object
    stop: object
    stamp: object
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    latitude: float | None = None
    longitude: float | None = None
    sequence: int = 0
    cancelled: bool = False
    organiser: tuple | None = None


def calendar(events, name="", method="PUBLISH"):
    """The text of a calendar.

    :param events: iterable of :class:`Event`
    :param name: what calendar programs call it
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines)


def escaped(text):
    """A text as the value of a property."""
    text = "".join(char for char in text if char >= " " or char in "\r\n\t")
    for char in "\\;,":
        text = text.replace(char, "\\" + char)
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line):
    """A line with its end, folded: what goes on starts with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _event(event):
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{_utc(event.stamp)}",
        f"DTSTART:{_utc(event.start)}",
        f"DTEND:{_utc(event.stop)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{escaped(event.summary)}",
    ]
    for name in ("description", "location"):
        value = getattr(event, name)
        if value:
            lines.append(f"{name.upper()}:{escaped(value)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.latitude is not None and event.longitude is not None:
        lines.append(f"GEO:{event.latitude:.6f};{event.longitude:.6f}")
    if event.organiser:
        name, email = event.organiser
        quoted = name.replace('"', "'")
        lines.append(f'ORGANIZER;CN="{quoted}":mailto:{email}')
    return [*lines, "END:VEVENT"]


def _utc(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ")
