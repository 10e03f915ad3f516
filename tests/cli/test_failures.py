from cli.failures import reason


def test_known_causes_are_named():
    assert "disk is full" in reason("write: No space left on device")
    assert "network" in reason("Could not resolve host: example")
    assert "network" in reason("W: Temporary failure resolving 'deb.example'")
    assert "written or read" in reason("mkdir: Permission denied")


def test_else_the_last_error_is_told():
    output = "one\nERROR: No matching distribution found for x.\nnotice: upgrade me\n"
    assert reason(output) == "ERROR: No matching distribution found for x"


def test_silence_is_told():
    assert reason("\n") == "it said nothing"
