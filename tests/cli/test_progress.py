import io

import pytest

from cli.progress import Step


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_one_line_a_step():
    out = io.StringIO()
    with Step("Odoo", out) as step:
        for number in range(100):
            step.at("unpacking", number, 100)
        step.result("ready")
    assert out.getvalue() == "Odoo: ready · 0.0 s\n"


def test_a_long_step_is_told_in_a_log(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    out = io.StringIO()
    with Step("Odoo", out) as step:
        now[0] = 12.0
        step.at("unpacking", 3, 7)
    assert out.getvalue().splitlines()[0] == "Odoo: unpacking 3/7 · 12 s"


def test_a_terminal_sees_the_line_change():
    out = Terminal()
    with Step("Odoo", out) as step:
        step.told = -10
        step.at("unpacking", 3, 7)
    assert "\r\033[KOdoo: unpacking 3/7" in out.getvalue()
    assert out.getvalue().endswith("s\n")


@pytest.mark.parametrize(
    ("error", "word"), [(ValueError, "failed"), (KeyboardInterrupt, "stopped")]
)
def test_trouble_is_told(error, word):
    out = io.StringIO()
    with pytest.raises(error), Step("Odoo", out):
        raise error
    assert out.getvalue() == f"Odoo: {word} · 0.0 s\n"
