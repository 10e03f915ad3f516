from cli.failures import reason


def test_known_causes_are_named():
    assert "disk is full" in reason("write: No space left on device")
    assert "network" in reason("Could not resolve host: example")
    assert "network" in reason("W: Temporary failure resolving 'deb.example'")
    assert "written or read" in reason("mkdir: Permission denied")


def test_else_the_last_error_is_told():
    output = "one\nERROR: No matching distribution found for x.\nnotice: upgrade me\n"
    assert reason(output) == "ERROR: No matching distribution found for x"


def test_what_a_program_raised_is_told_whatever_it_warned_of():
    output = (
        "wkhtmltopdf: network error: ConnectionRefusedError, Connection refused\n"
        "Traceback (most recent call last):\n"
        '  File "demo.py", line 1, in <module>\n'
        "    people[4]\n"
        "IndexError: tuple index out of range\n"
        "odoo: 12 connections closed\n"
    )
    assert reason(output) == "IndexError: tuple index out of range"
    output = output.replace("IndexError: tuple index", "urllib3.NewConnectionError: x")
    assert "network" in reason(output)


def test_silence_is_told():
    assert reason("\n") == "it said nothing"
