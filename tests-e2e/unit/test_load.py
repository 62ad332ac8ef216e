"""The load's words, profiles and reports; k6's script is at least a script. No mesh."""

import csv
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from load.profiles import PROFILES
from load.report import compared, read_figures, said, write_comparison
from load.words import Words

K6 = Path(__file__).parents[1] / "load" / "k6" / "scenarios.js"
HEAD = "Type,Name,Request Count,Failure Count,Requests/s,50%,95%,99%,Max Response Time\n"


def test_no_two_of_a_target_run_are_alike():  # R5.9
    words = Words()
    assert len({words.query(number) for number in range(60_000)}) == 60_000
    assert len({words.prompt(number) for number in range(6_000)}) == 6_000
    assert len({words.message(number) for number in range(500)}) == 500
    assert [Words().prompt(number) for number in range(9)] == [words.prompt(number) for number in range(9)]


def test_a_house_asks_some_queries_again_and_again():
    words = Words()
    asked = Counter(words.asked() for _ in range(10_000))
    assert 2_000 < len(asked) < 6_000
    (_, first), (_, second) = asked.most_common(2)
    assert 800 < first < 1_100
    assert 1.6 < first / second < 2.4
    assert Words().asked() == Words().asked()


def test_profiles_go_forward_in_time():
    assert set(PROFILES) == {"smoke", "steady", "spike", "soak"}
    for profile in PROFILES.values():
        ends = [stage.until_s for stage in profile.stages]
        assert ends == sorted(set(ends))
        assert profile.seconds == ends[-1]
    assert max(stage.users for stage in PROFILES["spike"].stages) == 10 * PROFILES["spike"].stages[0].users


def test_a_report_stands_beside_the_last_one(tmp_path: Path):
    last, now = tmp_path / "1", tmp_path / "2"
    for folder, p95 in ((last, 50), (now, 75)):
        folder.mkdir()
        (folder / "run_stats.csv").write_text(f"{HEAD}POST,search,100,0,10.0,20,{p95},90,95\n", encoding="utf-8")
        (folder / "report.html").write_text("<html><body><div>plots</div></body></html>", encoding="utf-8")
    changes = compared(read_figures(now), read_figures(last))
    write_comparison(now, changes, "2 beside <1>")
    text = (now / "report.html").read_text(encoding="utf-8")
    assert text.index("2 beside &lt;1&gt;") < text.index("75.0 <small>(× 1.50)</small>") < text.index("plots")
    with (now / "comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["figure"]: row["ratio"] for row in rows}["p95_ms"] == "1.5"
    assert "p95_ms 75.0 (×1.50)" in said(changes)


def test_a_first_report_has_nothing_to_stand_beside(tmp_path: Path):
    (tmp_path / "run_stats.csv").write_text(f"{HEAD}POST,search,0,0,0,N/A,N/A,N/A,\n", encoding="utf-8")
    changes = compared(read_figures(tmp_path), None)
    assert all(change.ratio is None for change in changes)


@pytest.mark.skipif(shutil.which("node") is None, reason="node checks the script's syntax")
def test_the_script_for_k6_can_be_read(tmp_path: Path):
    module = tmp_path / "scenarios.mjs"
    module.write_text(K6.read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run(["node", "--check", str(module)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
