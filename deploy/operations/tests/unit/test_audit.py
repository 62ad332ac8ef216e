"""The audit fails on a secret and on an advisory, and never takes an answer that did not come for a pass."""

import json
import subprocess
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from framewright_operations import audit
from framewright_operations.audit import ACCEPTED, BASELINE
from framewright_operations.messages import Say

ADVICE = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["9"], "description": "…"}
NPM_FLAW = {"title": "prototype pollution", "url": "https://github.com/advisories/GHSA-1"}
REAL = "AKIA" + "IOSFODNN7QWERTYU"
"""Of the form of a key of AWS; put together here, so that this file holds none."""


class Programs:
    """A fake of pip-audit and npm; git is the real one."""

    def __init__(self, python: object = None, npm: object = None) -> None:
        self.python, self.npm = python, npm
        self.asked: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str], folder: Path) -> str:
        self.asked.append(command)
        if command[0] == "git":
            return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder).stdout
        answer = self.npm if "npm" in command[0] else self.python
        return "" if answer is None else json.dumps(answer)


def answer(*flaws: object) -> dict[str, object]:
    return {
        "dependencies": [{"name": "httpx", "version": "1", "vulns": list(flaws)}, {"name": "own", "skip_reason": "?"}]
    }


def npm(*flaws: object) -> dict[str, object]:
    found = {"lodash": {"range": "<4", "via": list(flaws)}} if flaws else {}
    return {"vulnerabilities": found, "metadata": {"dependencies": {"prod": 7}}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "gateway").mkdir()
    (tmp_path / "gateway" / "requirements.txt").write_text("httpx\n", encoding="utf-8")
    lock = tmp_path / "admin-service" / "console" / "package-lock.json"
    lock.parent.mkdir(parents=True)
    lock.write_text(json.dumps({"packages": {"": {}, "a": {}, "b": {"dev": True}}}), encoding="utf-8")
    (tmp_path / ACCEPTED).parent.mkdir(parents=True)
    (tmp_path / ACCEPTED).write_text("", encoding="utf-8")
    plugins = [{"name": "AWSKeyDetector"}]
    empty = {"version": "1.5.0", "plugins_used": plugins, "filters_used": [], "results": {}}
    (tmp_path / BASELINE).write_text(json.dumps(empty), encoding="utf-8")
    (tmp_path / "code.py").write_text("x = 1\n", encoding="utf-8")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return tmp_path


def run(root: Path, programs: Programs, *, strict: bool = False) -> tuple[int, str]:
    said: list[str] = []
    asked = Namespace(tool=Path("pip-audit"), strict=strict)
    code = audit.audit(asked, root, {}, Say(said.append, "en"), programs)
    return code, "\n".join(said)


def test_a_clean_product_passes_and_says_what_was_looked_at(root: Path) -> None:
    code, said = run(root, Programs(answer(), npm()))
    assert code == 0
    assert said.count("ok  ") == 3
    assert "against 1 Python packages (unknown to the database: own)" in said
    assert "against 7 npm packages" in said


def test_a_secret_in_a_followed_file_fails(root: Path) -> None:
    (root / "code.py").write_text(f'TOKEN = "{REAL}"\n', encoding="utf-8")
    code, said = run(root, Programs(answer(), npm()))
    assert code == 1
    assert "code.py:1  AWS Access Key" in said
    assert REAL not in said


@pytest.mark.parametrize(("seen", "expected"), [(False, 0), (None, 1), (True, 1)])
def test_what_looks_like_a_secret_passes_once_a_person_has_said_that_it_is_none(
    root: Path, seen: bool | None, expected: int
) -> None:
    from detect_secrets.core.potential_secret import PotentialSecret

    (root / "code.py").write_text(f'TOKEN = "{REAL}"\n', encoding="utf-8")
    entry = PotentialSecret("AWS Access Key", "code.py", REAL, line_number=9, is_secret=seen).json()
    known = json.loads((root / BASELINE).read_text())
    known["results"] = {"code.py": [entry]}
    (root / BASELINE).write_text(json.dumps(known), encoding="utf-8")
    assert run(root, Programs(answer(), npm()))[0] == expected


def test_an_advisory_fails_and_names_what_mends_it(root: Path) -> None:
    code, said = run(root, Programs(answer(ADVICE), npm(NPM_FLAW, "lodash")))
    assert code == 1
    assert "httpx 1: PYSEC-1, mended in 9" in said
    assert "lodash <4: prototype pollution (https://github.com/advisories/GHSA-1)" in said


def test_an_accepted_advisory_passes_until_its_day(root: Path) -> None:
    text = '[[advisory]]\nid = "CVE-1"\nreason = "not called"\nuntil = 2999-01-01\n'
    (root / ACCEPTED).write_text(text, encoding="utf-8")
    assert run(root, Programs(answer(ADVICE), npm()))[0] == 0
    assert audit.accepted_today(root / ACCEPTED, date(2999, 1, 1)) == {"CVE-1": "not called"}
    assert audit.accepted_today(root / ACCEPTED, date(2999, 1, 2)) == {}


@pytest.mark.parametrize("python", [None, {"dependencies": [{"name": "httpx", "skip_reason": "not found"}]}])
def test_an_answer_that_did_not_come_is_no_pass(root: Path, python: object) -> None:
    programs = Programs(python, {"error": {"code": "E405"}})
    code, said = run(root, programs)
    assert code == 0
    assert said.count("NOT AUDITED") == 2
    assert [command[-3] for command in programs.asked if command[0] == "pip-audit"] == ["pypi", "osv"]
    assert run(root, programs, strict=True)[0] == 1


def test_without_git_nothing_is_said_to_be_clean(root: Path) -> None:
    (root / ".git").rename(root / "git")
    assert "NOT LOOKED AT" in run(root, Programs(answer(), npm()))[1]


def test_programs_that_are_not_there_say_nothing(tmp_path: Path) -> None:
    assert audit.ask_program(["no-such-program"], tmp_path) == ""
    assert audit.ask_program(["sh", "-c", "echo found; exit 1"], tmp_path) == "found\n"
