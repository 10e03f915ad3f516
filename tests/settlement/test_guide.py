"""The worked example of the venues' guide is what the command says."""

import json
import re
from pathlib import Path

from .test_settle_command import run

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/rejouer-son-reglement.md"


def test_the_example(tmp_path):
    text = GUIDE.read_text(encoding="utf-8")
    visits, rules, result = re.findall(r"```(?:csv|json)\n(.*?)```", text, re.DOTALL)
    (tmp_path / "visites.csv").write_text(visits)
    (tmp_path / "regles.json").write_text(rules)
    done = run(tmp_path / "visites.csv", "--rules", tmp_path / "regles.json")
    assert (done.returncode, done.stderr) == (0, "")
    settled = json.loads(done.stdout)
    assert settled == json.loads(result)

    def told(cents):
        return f"{cents // 100},{cents % 100:02} €" in text

    assert told(settled["in_cents"] - settled["billed_hours_cents"])
    assert told(settled["billed_hours_cents"])
    assert told(settled["fee_cents"])
    assert told(sum(venue["total_cents"] for venue in settled["venues"].values()))
    for venue in settled["venues"].values():
        assert str(venue["minutes"]) in text
        assert all(
            told(venue[key]) for key in ("hours_cents", "pool_cents") if venue[key]
        )
