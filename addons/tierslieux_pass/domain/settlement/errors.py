"""What cannot be settled, in sentences for whoever wrote the file."""


class RuleError(ValueError):
    """The rules cannot be applied; one sentence without its full stop."""


class BadRows(ValueError):
    """Rows that are not visits: ``rows`` is [(line number, sentence without stop)]."""

    def __init__(self, rows):
        super().__init__(f"{len(rows)} bad rows")
        self.rows = rows
