"""`framewright plan` and `framewright patch` as a person runs them, against a mesh on a socket."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.cli import app
from framewright.patching.journal import Journal
from framewright.patching.transactions import FileChange
from framewright.patching.workspace import Workspace

Run = Callable[..., Any]
OLD, NEW = b"def load():\r\n    return 1\r\n", b"def fetch():\r\n    return 1\r\n"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_bytes(OLD)
    return tmp_path


@pytest.fixture
def run(mesh: Mesh, root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(root)
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    file = {
        "path": "a.py", "operation": "modify", "encoding": "utf-8", "base_sha256": sha(OLD), "sha256": sha(NEW),
        "content": NEW.decode(), "diff": "--- a/a.py\n+++ b/a.py\n-def load():\n+def fetch():\n",
    }  # fmt: skip
    target = {"path": "a.py", "symbol": "load", "first_line": 1, "last_line": 2}
    mesh.answers = {
        "/plan": {
            "plan_id": "p1", "truncated": True, "engine": "vllm", "warnings": [{"message": "careful"}],
            "plan": {"plan_id": "p1", "steps": ["load -> fetch"], "targets": [target], "source": "engine"},
        },
        "/patch_smart": {
            "ok": True, "patch_id": "t1", "edits": [], "files": [file], "applied_before": False, "reason": "",
            "warnings": [],
        },
        "/api/v1/patches/t1/rollback": {"patch_id": "t1"},
    }  # fmt: skip
    mesh.answers["/api/v1/patches"] = mesh.answers["/patch_smart"]
    return lambda *arguments, stdin=None: CliRunner(env=environment).invoke(app, list(arguments), input=stdin)


def test_a_plan_of_an_indexed_repository_s_files(mesh: Mesh, run: Run, root: Path):  # R4.1 R5.4
    shop = {"id": "0123456789abcdef", "name": "shop", "branch": ""}
    mesh.answers["/api/v1/repositories"] = {"repositories": [shop, {**shop, "id": "f" * 16, "branch": "next"}]}
    for name, known in (("shop@next", "f" * 16), (shop["id"], shop["id"])):
        assert run("plan", "rename load", "a.py", "--repository", name).exit_code == 0
        assert mesh.asked[-1][2] == {"intent": "rename load", "paths": ["a.py"], "repository_id": known}
    assert run("patch").exit_code == 0
    assert (root / "a.py").read_bytes() == NEW
    asked = len(mesh.paths())
    for name in ("shop", "none"):
        refused = run("plan", "rename load", "a.py", "--repository", name)
        assert refused.exit_code == 1
        assert "framewright index --list" in refused.output
    assert ("POST", "/plan") not in mesh.paths()[asked:]


def test_a_plan_is_made_applied_and_undone(mesh: Mesh, run: Run, root: Path):  # R4.1 R4.2
    planned = run("plan", "rename load to fetch", "a.py")
    assert planned.exit_code == 0, planned.output
    for text in ("p1", "load -> fetch", "a.py:1-2  load", "cut off", "careful"):
        assert text in planned.output
    assert mesh.asked[-1][2]["files"] == [
        {"path": "a.py", "content": OLD.decode(), "encoding": "utf-8", "sha256": sha(OLD)}
    ]
    applied = run("patch")
    assert applied.exit_code == 0, applied.output
    assert "+def fetch():" in applied.output
    assert (root / "a.py").read_bytes() == NEW
    assert mesh.asked[-1][2]["plan"] == {"plan_id": "p1"}
    assert "nothing changed" in run("patch", "p1").output
    undone = run("patch", "undo")
    assert undone.exit_code == 0, undone.output
    assert (root / "a.py").read_bytes() == OLD
    assert mesh.paths()[-1] == ("POST", "/api/v1/patches/t1/rollback")
    assert run("patch", "undo").exit_code == 1


@pytest.mark.parametrize(("option", "given"), [("--consent", True), ("--no-consent", False)])
def test_whether_a_patch_may_be_learnt_from_is_told(mesh: Mesh, run: Run, option: str, given: bool):  # R4.8
    mesh.answers["/api/v1/patches/t1/feedback"] = {"patch_id": "t1", "consent": given}
    run("plan", "x", "a.py")
    assert run("patch", option).exit_code == 0
    assert mesh.asked[-1] == ("POST", "/api/v1/patches/t1/feedback", {"consent": given})


def test_nothing_is_told_of_a_patch_that_is_none(mesh: Mesh, run: Run):
    mesh.answers["/patch_smart"]["patch_id"] = None
    run("plan", "x", "a.py")
    run("patch", "--dry-run", "--consent")
    assert mesh.paths()[-1] == ("POST", "/patch_smart")


def test_a_dry_run_writes_nothing(run: Run, root: Path):
    run("plan", "x", "a.py")
    result = run("patch", "--dry-run")
    assert "+def fetch():" in result.output
    assert (root / "a.py").read_bytes() == OLD


def test_pasted_code_and_generations_are_planned_with(mesh: Mesh, run: Run, root: Path):
    run("plan", "x", "src/b.py", "--paste", "-", stdin="y = 1\n")
    assert mesh.asked[-1][2] == {"intent": "x", "code_paste": "y = 1\n", "paths": ["src/b.py"]}
    run("plan", "x", "--paste", "a.py", "--model", "m")
    assert mesh.asked[-1][2] == {"intent": "x", "code_paste": OLD.decode(), "options": {"model": "m"}}
    run("plan", "x", "T.xml", "--base", "g1")
    assert mesh.asked[-1][2] == {"intent": "x", "paths": ["T.xml"], "generation_id": "g1"}


def test_edits_of_one_s_own_are_applied(mesh: Mesh, run: Run, root: Path):
    edits = [{"path": "a.py", "search": "load", "replace": "fetch"}, {"path": "new.py", "content": ""}]
    (root / "e.json").write_text(json.dumps({"edits": edits}))
    result = run("patch", "--edits", "e.json", "--json")
    assert json.loads(result.stdout)["written"] is True
    assert mesh.asked[-1][2]["edits"] == edits
    assert [file["path"] for file in mesh.asked[-1][2]["files"]] == ["a.py"]
    assert (root / "a.py").read_bytes() == NEW
    (root / "e.json").write_text("[1]")
    assert run("patch", "--edits", "e.json").exit_code == 2


def test_a_file_that_changed_since_stays_and_the_ledger_is_set_back(mesh: Mesh, run: Run, root: Path):
    run("plan", "x", "a.py")
    (root / "a.py").write_bytes(b"worked on\n")
    refused = run("patch")
    assert refused.exit_code == 1
    assert "every file is as it was" in refused.output
    assert (root / "a.py").read_bytes() == b"worked on\n"
    assert mesh.paths()[-1] == ("POST", "/api/v1/patches/t1/rollback")


@pytest.mark.parametrize("change", [{"path": "../evil.py"}, {"sha256": "0" * 64}])
def test_what_the_mesh_sends_is_not_trusted(mesh: Mesh, run: Run, root: Path, change: dict[str, str]):
    mesh.answers["/patch_smart"]["files"][0] |= change
    run("plan", "x", "a.py")
    assert run("patch").exit_code == 1
    assert (root / "a.py").read_bytes() == OLD
    assert not (root.parent / "evil.py").exists()


def test_a_refusal_says_which_edit_and_where_to_look(mesh: Mesh, run: Run, root: Path):  # R4.2
    run("plan", "x", "a.py")
    failures = [{"path": "a.py", "message": "in 2 places", "places": [{"line": 3, "text": "x = 1"}]}]
    mesh.errors = [(422, {"detail": "no", "failures": failures})]
    refused = run("patch")
    assert refused.exit_code == 1
    assert "a.py: in 2 places" in refused.output
    assert "3: x = 1" in refused.output
    mesh.errors = [(404, {"detail": "There is no such plan"})]
    assert "no such plan" in run("patch", "p9").output


def test_no_edits_has_its_exit_code(mesh: Mesh, run: Run):
    mesh.answers["/patch_smart"] |= {"ok": False, "files": [], "patch_id": None, "reason": "not by rule"}
    run("plan", "x", "a.py")
    result = run("patch")
    assert (result.exit_code, "not by rule" in result.output) == (5, True)


def test_an_interrupted_patch_is_mended_at_the_next_start(run: Run, root: Path):
    def die(step: str) -> None:
        if step == "replaced 0":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Journal(Workspace(root), on_step=die).apply(
            [FileChange("a.py", sha(OLD), NEW), FileChange("b.py", None, b"b = 1\n")], patch_id="t0"
        )
    assert "Finished a patch that was interrupted: a.py, b.py" in run("plan", "x", "a.py").output
    assert (root / "b.py").read_bytes() == b"b = 1\n"
    assert "nothing to recover" in run("patch", "recover").output


def test_a_patch_without_a_plan_says_so(run: Run):
    assert "no plan is there" in run("patch").output
    assert run("plan", "x", "none.py").exit_code == 1
