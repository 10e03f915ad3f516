# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import struct

# See COPY, "Binary Format", in the manual of PostgreSQL.
HEADER = struct.Struct(">11sii")
NUMBER_AND_BYTES = struct.Struct(">hiii")
END = b"\xff\xff"


class PackedRows:
    """What ``COPY … TO STDOUT (FORMAT binary)`` writes to, of rows of an integer and of
    bytes: hands each to ``take`` while the server makes the next.

    The server has to be read to the end before anything else is asked of it: what
    ``take`` raises is kept, and raised by ``close``.
    """

    def __init__(self, take):
        self._take = take
        self._rest = b""
        self._begun = False
        self._error = None

    def write(self, data):  # pylint: disable=method-required-super
        if self._error:
            return
        data = self._rest + data
        at = 0
        if not self._begun and len(data) >= HEADER.size:
            _signature, _flags, extension = HEADER.unpack_from(data)
            at = HEADER.size + extension
            self._begun = True
        while self._begun and len(data) >= at + NUMBER_AND_BYTES.size:
            _fields, _size, number, length = NUMBER_AND_BYTES.unpack_from(data, at)
            begin = at + NUMBER_AND_BYTES.size
            if len(data) < begin + length:
                break
            at = begin + length
            try:
                self._take(number, data[begin:at])
            except Exception as error:
                self._error = error
                return
        self._rest = data[at:]

    def close(self):
        if self._error:
            raise self._error
        if self._rest != END:
            raise EOFError("the rows end in the middle of one")
