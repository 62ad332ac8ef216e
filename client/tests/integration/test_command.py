"""The command as a person runs it, against a mesh on a socket."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import CONTENT, KEY, Mesh
from typer.testing import CliRunner

from framewright import cli
from framewright.cli import app
from framewright.commands import generate

Run = Callable[..., Any]


@pytest.fixture
def run(mesh: Mesh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    return lambda *arguments, stdin=None, **more: CliRunner(env={**environment, **more}).invoke(
        app, list(arguments), input=stdin
    )


def test_generate_shows_the_stages_and_writes_the_files(finished: Mesh, run: Run, tmp_path: Path):
    result = run("generate", "Task 관리 화면 만들어줘")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "g1" / "TaskList.xml").read_bytes() == CONTENT.encode()
    assert "✓ intent                12 ms  multi_save [ko]" in result.output
    assert "(fallback)" in result.output
    assert "warning: careful" in result.output
    assert "engine: trying again (truncated)" in result.output
    assert "Done in 1.5 s by builtin" in result.output
    assert "out/g1/TaskList.xml" in result.output


def test_it_speaks_korean(finished: Mesh, run: Run):
    assert "완료: 1.5초, 엔진 builtin" in run("generate", "x", "--lang", "ko").output
    assert "완료" in run("generate", "x", LC_ALL="ko_KR.UTF-8").output


def test_json_is_the_result_and_nothing_else(finished: Mesh, run: Run):
    document = json.loads(run("generate", "x", "--json").stdout)
    assert document["generation_id"] == "g1"
    assert document["files"] == ["out/g1/TaskList.xml"]


def test_the_request_carries_the_options_and_the_attachment(finished: Mesh, run: Run, tmp_path: Path):
    (tmp_path / "a.sql").write_text("create table 표")
    run("generate", "-", "--framework", "f", "--mode", "auto", "--model", "m", "--attach", "a.sql", stdin="from stdin")
    assert finished.asked[0][2] == {
        "prompt": "from stdin", "framework": "f", "mode": "auto", "model": "m",
        "options": {"questions": False},
        "attachments": [{"name": "a.sql", "media_type": "application/sql", "content": "create table 표"}],
    }  # fmt: skip


def test_a_file_in_an_older_encoding_is_read(finished: Mesh, run: Run, tmp_path: Path):
    (tmp_path / "prompt.txt").write_bytes("회원 목록".encode("utf-8-sig"))
    (tmp_path / "a.sql").write_bytes("create table 회원".encode("cp949"))
    assert run("generate", "@prompt.txt", "--attach", "a.sql").exit_code == 0
    body = finished.asked[0][2]
    assert (body["prompt"], body["attachments"][0]["content"]) == ("회원 목록", "create table 회원")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (2 * 1024 * 1024 + 1), None])
def test_an_attachment_that_cannot_be_sent_is_refused(finished: Mesh, run: Run, tmp_path: Path, content: bytes | None):
    if content:
        (tmp_path / "a.bin").write_bytes(content)
    assert run("generate", "x", "--attach", "a.bin").exit_code == 2
    assert finished.asked == []


def test_a_file_the_events_did_not_bring_is_fetched(finished: Mesh, run: Run, tmp_path: Path):
    finished.events = [event for event in finished.events if event["type"] != "artifact"]
    for seq, event in enumerate(finished.events, 1):
        event["seq"] = seq
    assert run("generate", "x", "--out", "here").exit_code == 0
    assert ("GET", "/api/v1/generations/g1/artifacts/TaskList.xml") in finished.paths()
    assert (tmp_path / "here" / "g1" / "TaskList.xml").read_bytes() == CONTENT.encode()


def test_a_path_that_leads_out_is_refused(finished: Mesh, run: Run, tmp_path: Path):
    finished.result["artifacts"][0]["path"] = "../../evil.xml"
    result = run("generate", "x")
    assert result.exit_code == 1
    assert "Not written" in result.output
    assert list(tmp_path.rglob("*.xml")) == []


def test_a_folder_that_cannot_be_written_to_is_said(finished: Mesh, run: Run, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    for arguments in (("generate", "x"), ("show", "g1")):
        ended = run(*arguments, "--out", "file")
        assert ended.exit_code == 1
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        assert "Not written: file/g1/TaskList.xml" in ended.output
        assert ("framewright show g1 --out FOLDER" in ended.output) == (arguments[0] == "generate")


@pytest.mark.parametrize(
    ("url", "text"), [("http://a:b", "http://a:b"), ("http://[::1", "[::1"), ("mesh.example", "mesh.example")]
)
def test_an_address_that_is_none_is_said(run: Run, url: str, text: str):
    for arguments in (("generate", "x"), ("whoami",), ("login", "--api-key", "k")):
        ended = run(*arguments, FRAMEWRIGHT_URL=url)
        assert ended.exit_code == 3, ended.output
        assert text in ended.output


def test_another_server_at_the_address_is_said_in_ones_language(finished: Mesh, run: Run):
    finished.other = (200, {"Content-Type": "text/html"}, b"<html>")
    for arguments in (("generate", "x"), ("search", "x"), ("whoami",), ("login", "--api-key", "k")):
        ended = run(*arguments, "--lang", "ko")
        assert ended.exit_code == 3, ended.output
        assert "그곳에 메시가 없습니다" in ended.output


def test_a_degraded_result_with_diagnostics_says_so(finished: Mesh, run: Run):
    finished.result["degraded"] = True
    finished.result["artifacts"][0]["diagnostics"] = [{"line": 3, "message": "odd"}]
    output = run("generate", "x").output
    assert "instead of the one asked for" in output
    assert "TaskList.xml:3: odd" in output


def test_an_answer_is_printed(finished: Mesh, run: Run):
    finished.result |= {"artifacts": [], "answer": "A grid shows [rows]."}
    result = run("generate", "how?")
    assert "A grid shows [rows]." in result.output
    assert "Wrote" not in result.output


@pytest.mark.parametrize(
    ("result", "code", "text"),
    [
        ({"status": "failed"}, 1, "Failed: the engine is gone"),
        ({"status": "cancelled"}, 6, "Cancelled"),
        ({"intent": {"kind": "unsupported", "reason": "no cars", "alternatives": ["a list"]}}, 5, "- a list"),
    ],
)
def test_other_endings_have_their_exit_codes(finished: Mesh, run: Run, result: dict[str, object], code: int, text: str):
    finished.result |= {"artifacts": [], **result}
    finished.events[-1] |= {"type": str(result.get("status", "completed")), "problem": {"detail": "the engine is gone"}}
    ended = run("generate", "x")
    assert ended.exit_code == code, ended.output
    assert text in ended.output


def test_unreachable_and_refused_have_their_exit_codes(finished: Mesh, run: Run):
    nobody = run("generate", "x", FRAMEWRIGHT_URL="http://127.0.0.1:1")
    assert nobody.exit_code == 3
    assert "make serve" in nobody.output
    refused = run("generate", "x", FRAMEWRIGHT_API_KEY="no")
    assert refused.exit_code == 4
    assert "FRAMEWRIGHT_API_KEY" in refused.output
    assert "framewright login" in refused.output
    finished.errors = [(422, {"detail": "prompt is empty"})]
    wrong = run("generate", "x")
    assert wrong.exit_code == 1
    assert "prompt is empty" in wrong.output


def test_a_generation_that_is_lost_from_sight_is_named(finished: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("framewright._sync.connection.time.sleep", lambda _: None)
    finished.cut_after = [2] * 9
    lost = run("generate", "x")
    assert lost.exit_code == 3
    assert "framewright show g1" in lost.output


def test_another_language_is_refused(finished: Mesh, run: Run):
    assert run("whoami", "--lang", "fr").exit_code == 2


def test_a_question_is_answered_at_the_terminal(finished: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    finished.events[4] |= {"type": "question", "question_id": "q1", "text": "Which?", "choices": [], "default": "task"}
    answers = iter(["member", None])
    monkeypatch.setattr(generate, "ask", lambda *_, **__: next(answers))
    monkeypatch.setattr(generate, "_interactive", lambda **_: True)
    assert run("generate", "x").exit_code == 0
    answered = [(path, body) for method, path, body in finished.asked if method == "POST"][1:]
    assert answered == [("/api/v1/generations/g1/answers", {"question_id": "q1", "value": "member"})]
    assert run("generate", "x").exit_code == 0, "the time ran out: the mesh goes on with its default"


def test_an_interrupt_cancels_the_generation(finished: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    finished.events[4] |= {"type": "question", "question_id": "q1", "text": "Which?"}
    monkeypatch.setattr(generate, "ask", interrupt)
    monkeypatch.setattr(generate, "_interactive", lambda **_: True)
    assert run("generate", "x").exit_code == 130
    assert finished.paths()[-1] == ("DELETE", "/api/v1/generations/g1")


@pytest.fixture
def interrupted(finished: Mesh) -> Iterator[Mesh]:
    """A mesh whose user presses Ctrl-C while it takes an order; also where the tests run in the background."""

    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.3)

    finished.on_order = press
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    yield finished
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_before_the_first_event_cancels_the_generation_too(interrupted: Mesh, run: Run):
    ended = run("generate", "x")
    assert ended.exit_code == 130, ended.output
    assert "Cancelled" in ended.output
    assert interrupted.paths() == [("POST", "/api/v1/generations")] * 2 + [("DELETE", "/api/v1/generations/g1")]
    assert len(set(interrupted.names)) == 1, "the same order"


def test_an_interrupt_of_a_turn_cancels_its_answer(interrupted: Mesh, run: Run):
    assert run("chat", "x", "--session", "s1").exit_code == 130
    assert interrupted.paths()[1:] == [("POST", "/api/sessions/s1/messages"), ("DELETE", "/api/v1/generations/g1")]


def test_what_could_not_be_cancelled_is_said(interrupted: Mesh, run: Run):
    press = interrupted.on_order

    def press_and_refuse() -> None:
        assert press
        interrupted.errors = [(500, {"detail": "odd"})]
        press()

    interrupted.on_order = press_and_refuse
    ended = run("generate", "x")
    assert ended.exit_code == 1
    assert "may go on" in ended.output
    assert "odd" in ended.output


def test_show_cancel_and_search(finished: Mesh, run: Run, tmp_path: Path):
    shown = run("show", "g1", "--out", "again")
    assert shown.exit_code == 0
    assert (tmp_path / "again" / "g1" / "TaskList.xml").exists()
    assert run("cancel", "g1").output == "Cancelled.\n"
    finished.cancelled = "completed"
    assert run("cancel", "g1").output == "It had ended before: completed\n"
    assert "0.50  그리드  [rule]  h1" in run("search", "그리드").output
    assert json.loads(run("search", "그리드", "--json").stdout)["hits"][0]["id"] == "h1"


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["framewright", "--help"])
    with pytest.raises(SystemExit, match="0"):
        cli.main()
    assert "generate" in capsys.readouterr().out
