import pytest

from cli import bench
from cli.failures import Failure


@pytest.fixture
def script(tmp_path):
    return tmp_path / "speed.py"


def test_what_a_script_needs_is_read_without_running_it(script):
    script.write_text("import nowhere\nNEEDS = {'people': 20_000}\n")
    assert bench.read_needs(script) == {**bench.NEEDS, "people": 20_000}
    script.write_text("x = 1\n")
    assert bench.read_needs(script) == bench.NEEDS


def test_an_unknown_need_is_refused(script):
    script.write_text("NEEDS = {'peple': 20}\n")
    with pytest.raises(Failure, match="needs the unknown peple"):
        bench.read_needs(script)
