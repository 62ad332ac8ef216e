"""`login`, `chat`, `sessions`, `index`, `logs`, `export` and `completion` as a person runs them (R3.1, R3.2, R5.4)."""

import base64
import io
import json
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.cli import app
from framewright.commands import logs, repositories
from framewright.kept_sign_ins import Kept, KeptSignIns
from framewright.sign_in import SignIn

Run = Callable[..., Any]
LINE = {
    "id": "g1", "created_at": "2026-01-01T00:00:00Z", "prompt": "Task", "kind": "generate", "status": "completed",
    "framework": "x", "engine": "builtin", "degraded": False, "duration_ms": 1500.0,
}  # fmt: skip
SESSION = {
    "id": "s1",
    "title": "말",
    "updated_at": "2026-01-01T00:00:00Z",
    "last_message": "안녕",
    "message_count": 2,
    "kind": "chat",
}
PROGRESS = {
    "files": 4, "files_done": 2, "chunks": 9, "embedded": 5, "unchanged": 4, "deleted": 0, "secrets": 0,
    "skipped": {}, "eta_s": 3.0,
}  # fmt: skip
REPOSITORY = {
    "id": "0123456789abcdef", "name": "shop", "branch": "", "source": "archive", "state": "indexing", "message": "",
    "indexed_at": None, "progress": PROGRESS,
}  # fmt: skip


@pytest.fixture
def run(mesh: Mesh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(repositories, "POLL_S", 0.0)
    monkeypatch.setattr(logs, "POLL_S", 0.0)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    environment = {"HOME": str(tmp_path), "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    return lambda *arguments, stdin=None, **more: CliRunner(env={**environment, **more}).invoke(
        app, list(arguments), input=stdin
    )


@pytest.fixture
def accounts(mesh: Mesh) -> Mesh:
    mesh.keys = [KEY, "access-1"]
    mesh.answers["/api/auth/me"] = {"id": "u1", "role": "developer", "email": "kim@example.com"}
    mesh.open_answers["/api/auth/login"] = lambda body: {
        "access_token": "access-1", "refresh_token": f"refresh of {body['email']}", "expires_in": 900,
    }  # fmt: skip
    return mesh


def test_login_with_a_password_keeps_tokens_that_open_the_mesh(accounts: Mesh, run: Run, tmp_path: Path):
    arguments = ("login", "--email", "kim@example.com", "--password-stdin")
    done = run(*arguments, stdin="secret\n", FRAMEWRIGHT_API_KEY="")
    assert done.exit_code == 0, done.output
    assert "kim@example.com (developer)" in done.output
    assert accounts.asked[0] == ("POST", "/api/auth/login", {"email": "kim@example.com", "password": "secret"})
    kept = tmp_path / ".config" / "framewright" / "sign-ins.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "secret" not in kept.read_text()
    who = run("whoami", "--json", FRAMEWRIGHT_API_KEY="", FRAMEWRIGHT_URL="")
    assert json.loads(who.stdout) == {"base_url": accounts.url, "user": accounts.answers["/api/auth/me"]}
    ended = run("logout", FRAMEWRIGHT_API_KEY="", FRAMEWRIGHT_URL="")
    assert ended.exit_code == 0
    assert accounts.asked[-1] == ("POST", "/api/auth/logout", {"refresh_token": "refresh of kim@example.com"})
    assert "no sign-in" in run("logout", FRAMEWRIGHT_API_KEY="").output


@pytest.fixture
def ending(accounts: Mesh, tmp_path: Path) -> Mesh:
    """A mesh, and a sign-in at it whose access token has ended."""
    accounts.keys = ["access-2"]
    accounts.open_answers["/api/auth/refresh"] = lambda body: {
        "access_token": "access-2", "refresh_token": f"after {body['refresh_token']}", "expires_in": 900,
    }  # fmt: skip
    kept = Kept(accounts.url, sign_in=SignIn(accounts.url, "kim@example.com", "access-1", "refresh-1", 0))
    KeptSignIns.of({"HOME": str(tmp_path)}).keep(kept)
    return accounts


def test_logout_renews_the_access_token_that_it_needs(ending: Mesh, run: Run):
    done = run("logout", FRAMEWRIGHT_API_KEY="")
    assert done.exit_code == 0, done.output
    assert f"Signed out: {ending.url}" in done.output
    assert ending.asked[-1] == ("POST", "/api/auth/logout", {"refresh_token": "after refresh-1"})
    assert "no sign-in" in run("logout", FRAMEWRIGHT_API_KEY="").output


def test_logout_of_a_sign_in_that_the_mesh_no_longer_takes(ending: Mesh, run: Run):
    ending.keys = []
    done = run("logout", FRAMEWRIGHT_API_KEY="")
    assert done.exit_code == 0, done.output
    assert "no longer takes this sign-in" in done.output
    assert ending.paths()[-1] == ("POST", "/api/auth/logout")
    assert "no sign-in" in run("logout", FRAMEWRIGHT_API_KEY="").output


def test_logout_that_the_mesh_does_not_hear_says_so(ending: Mesh, run: Run, tmp_path: Path):
    ending.errors = [(500, {"detail": "odd"}), (500, {"detail": "odd"})]
    done = run("logout", FRAMEWRIGHT_API_KEY="")
    assert done.exit_code == 1
    assert "could not be told (odd)" in done.output
    assert "Signed out" not in done.output
    gone = "http://127.0.0.1:1"
    KeptSignIns.of({"HOME": str(tmp_path)}).keep(Kept(gone, sign_in=SignIn(gone, "k", "a", "r", 0)))
    unheard = run("logout", "--url", gone, FRAMEWRIGHT_API_KEY="")
    assert unheard.exit_code == 3
    assert "forgotten here only" in unheard.output


def test_logout_of_a_key_says_that_the_key_lives_on(accounts: Mesh, run: Run):
    assert run("login", "--api-key", KEY).exit_code == 0
    assert "at the mesh it stays valid" in run("logout", FRAMEWRIGHT_API_KEY="").output


def test_a_password_that_is_refused_is_no_refused_key(accounts: Mesh, run: Run):
    del accounts.open_answers["/api/auth/login"]
    done = run("login", "--email", "kim@example.com", "--password-stdin", stdin="wrong\n")
    assert done.exit_code == 4
    assert done.output.strip() == "Not signed in: Who are you?"


def test_a_stated_account_goes_before_the_environments_key(accounts: Mesh, run: Run):
    done = run("login", "--email", "kim@example.com", "--password-stdin", stdin="secret\n")
    assert done.exit_code == 0, done.output
    assert accounts.paths()[0] == ("POST", "/api/auth/login")
    assert "FRAMEWRIGHT_API_KEY" in done.output, "which goes first from now on"
    assert "FRAMEWRIGHT_API_KEY" not in run("login", "--api-key", KEY).output


def test_login_with_a_key(accounts: Mesh, run: Run):
    assert json.loads(run("login", "--api-key", KEY, "--json").stdout)["user"]["id"] == "u1"
    assert run("whoami", FRAMEWRIGHT_API_KEY="").exit_code == 0
    assert run("login", "--api-key", "wrong").exit_code == 4


def test_login_without_a_terminal_says_what_it_needs(accounts: Mesh, run: Run):
    assert run("login", FRAMEWRIGHT_API_KEY="").exit_code == 2
    assert run("login", "--password-stdin", stdin="x\n", FRAMEWRIGHT_API_KEY="").exit_code == 2
    assert accounts.asked == []


def test_login_beside_a_local_mesh_says_which_goes_first(accounts: Mesh, run: Run, tmp_path: Path):
    (tmp_path / ".framewright").mkdir()
    (tmp_path / ".framewright" / "credentials.json").write_text('{"base_url": "http://127.0.0.1:1", "api_key": "k"}')
    done = run("login", "--url", accounts.url, "--api-key", KEY, FRAMEWRIGHT_URL="", FRAMEWRIGHT_API_KEY="")
    assert f"FRAMEWRIGHT_URL={accounts.url}" in done.output


@pytest.fixture
def talking(mesh: Mesh) -> Mesh:
    mesh.say(
        {"type": "created", "generation_id": "g1"},
        {"type": "delta", "channel": "reasoning", "text": "hm"},
        {"type": "delta", "channel": "answer", "text": "A grid "},
        {"type": "delta", "channel": "answer", "text": "shows rows."},
        {"type": "completed", "engine": "builtin", "degraded": True, "citations": [{"title": "Grid"}],
         "warnings": [{"message": "old"}]},
    )  # fmt: skip
    mesh.answers["/api/sessions"] = {"id": "s1"}
    mesh.answers["/api/sessions?limit=100"] = {"items": [{**SESSION, "id": "s9"}], "next_cursor": None}
    return mesh


def test_chat_prints_the_answer_as_it_comes_and_resumes_what_was_cut(talking: Mesh, run: Run):
    talking.cut_after = [3]
    done = run("chat", "How?", "--temperature", "0.2", "--knowledge")
    assert done.exit_code == 0, done.output
    assert "A grid shows rows." in done.stdout
    assert "hm" not in done.stdout
    assert "resuming" in done.stderr, "it is no part of the answer"
    assert "[1] Grid" in done.output
    assert talking.asked[0] == ("POST", "/api/sessions", {"temperature": 0.2, "use_knowledge": True})
    method, path, body = talking.asked[1]
    assert (method, path, body["message"]) == ("POST", "/api/sessions/s1/messages", "How?")
    assert body["client_id"]
    assert talking.resumed_from == ["3"]


def test_a_talk_goes_on_in_its_session_until_an_empty_line(talking: Mesh, run: Run):
    done = run("chat", "--last", stdin="one\ntwo\n\nthree\n")
    assert done.exit_code == 0, done.output
    said = [body["message"] for method, path, body in talking.asked if path == "/api/sessions/s9/messages"]
    assert said == ["one", "two"]
    assert "chat --session s9" in done.output


def test_chat_as_json_and_its_failure(talking: Mesh, run: Run):
    document = json.loads(run("chat", "-", "--session", "s2", "--json", stdin="How?").stdout)
    assert (document["session_id"], document["engine"]) == ("s2", "builtin")
    talking.events[-1] |= {"type": "failed", "problem": {"detail": "the engine is gone"}}
    failed = run("chat", "x", "--session", "s2")
    assert failed.exit_code == 1
    assert "the engine is gone" in failed.output


def test_settings_go_with_each_message_of_an_earlier_session(talking: Mesh, run: Run):
    options = ("--model", "m", "--temperature", "0", "--max-tokens", "9")
    for session in (("--session", "s9"), ("--last",)):
        assert run("chat", "one", *session, *options).exit_code == 0
        _, path, body = talking.asked[-1]
        assert path == "/api/sessions/s9/messages"
        assert (body["model"], body["temperature"], body["max_tokens"]) == ("m", 0, 9)
    assert run("chat", "one", *options).exit_code == 0
    assert talking.asked[-2][2] == {"model": "m", "temperature": 0, "max_tokens": 9}
    assert set(talking.asked[-1][2]) == {"message", "client_id"}, "a new session has them"


def test_what_only_a_new_session_can_have_is_refused(talking: Mesh, run: Run):
    for options in (("--session", "s9", "--system", "x"), ("--last", "--knowledge")):
        ended = run("chat", "one", *options)
        assert ended.exit_code == 2, ended.output
        assert "new session" in ended.output
    assert [method for method, _ in talking.paths()] == ["GET"]
    assert "새 세션" in run("chat", "one", "--session", "s9", "--knowledge", "--lang", "ko").output


def test_the_last_talk_is_no_session_of_the_studio(talking: Mesh, run: Run):
    talking.answers["/api/sessions?limit=100"]["items"].insert(0, {**SESSION, "id": "s8", "kind": "studio"})
    run("chat", "one", "--last")
    assert talking.paths()[-1] == ("POST", "/api/sessions/s9/messages")


def test_a_talk_goes_on_after_a_refused_message_and_ends_with_the_worst(talking: Mesh, run: Run):
    talking.errors = [(422, {"detail": "too long"})]
    ended = run("chat", "--session", "s9", stdin="one\ntwo\n")
    assert ended.exit_code == 1
    assert "too long" in ended.output
    assert "A grid shows rows." in ended.output
    assert [body["message"] for _, _, body in talking.asked] == ["one", "two"]


def test_a_talk_ends_where_no_message_can_fare_better(talking: Mesh, run: Run):
    talking.errors = [(404, {"detail": "no such session"})]
    assert run("chat", "--session", "s9", stdin="one\ntwo\n").exit_code == 1
    assert run("chat", "--session", "s9", stdin="one\ntwo\n", FRAMEWRIGHT_API_KEY="no").exit_code == 4
    assert len(talking.asked) == 2


def test_a_piped_talk_as_json_has_an_object_a_line(talking: Mesh, run: Run):
    talking.errors = [(422, {"detail": "too long"})]
    lines = run("chat", "--session", "s9", "--json", stdin="one\ntwo\n").stdout.splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["type"], first["problem"]["detail"]) == ("failed", "too long")
    assert second["engine"] == "builtin"


def test_sessions_are_listed_and_searched(mesh: Mesh, run: Run):
    mesh.answers["/api/sessions?limit=20"] = {"items": [SESSION], "next_cursor": None}
    mesh.answers["/api/sessions/search?q=grid&limit=20"] = {"items": [{"session": SESSION, "snippet": "a grid"}]}
    assert "s1  2026-01-01T00:00  말" in run("sessions").output
    assert "a grid" in run("sessions", "grid").output
    assert json.loads(run("sessions", "--json").stdout)["items"][0]["id"] == "s1"


def test_index_sends_a_folder_without_what_no_index_wants(mesh: Mesh, run: Run, tmp_path: Path):
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    (folder / "src").mkdir()
    (folder / ".git" / "HEAD").write_text("x")
    (folder / "src" / "a.py").write_text("a = 1")
    (folder / "link").symlink_to("/etc/passwd")
    path = f"/api/v1/repositories/{REPOSITORY['id']}"
    mesh.answers["/api/v1/repositories"] = REPOSITORY
    mesh.series[path] = [{**REPOSITORY}, {**REPOSITORY, "state": "ready"}]
    done = run("index", "shop")
    assert done.exit_code == 0, done.output
    assert "Indexed: shop" in done.output
    _, _, body = mesh.asked[0]
    assert (body["name"], body["source"]["type"]) == ("shop", "archive")
    with tarfile.open(fileobj=io.BytesIO(base64.b64decode(body["source"]["content"]))) as archive:
        assert archive.getnames() == ["src/a.py"]


@pytest.mark.parametrize(
    ("arguments", "source"),
    [
        (["https://git.example/team/shop.git"], {"type": "git", "url": "https://git.example/team/shop.git"}),
        (["/srv/shop", "--on-server"], {"type": "path", "path": "/srv/shop"}),
    ],
)
def test_index_of_git_and_of_the_servers_folder(mesh: Mesh, run: Run, arguments: list[str], source: dict[str, str]):
    mesh.answers["/api/v1/repositories"] = {**REPOSITORY, "state": "queued"}
    done = run("index", *arguments, "--no-wait", "--json")
    assert done.exit_code == 0, done.output
    assert mesh.asked[0][2] == {"name": "shop", "branch": "", "source": source}


def test_index_of_an_archive_that_fails_says_why(mesh: Mesh, run: Run, tmp_path: Path):
    (tmp_path / "shop.tar.gz").write_bytes(b"no archive")
    mesh.answers["/api/v1/repositories"] = {**REPOSITORY, "state": "failed", "message": "no tar file"}
    done = run("index", "shop.tar.gz")
    assert done.exit_code == 1
    assert "no tar file" in done.output
    assert run("index", "nothing-here").exit_code == 2


def test_index_of_what_is_too_large_names_what_to_do(mesh: Mesh, run: Run, tmp_path: Path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "a.py").write_text("a = 1")
    (tmp_path / "shop" / ".env").write_text("KEY=1")
    mesh.errors = [(413, {"detail": "The body is larger than the limit of 4,194,304 bytes."})]
    done = run("index", "shop")
    assert done.exit_code == 1
    assert "Packed 1 files" in done.output
    assert "secrets left out: 1" in done.output
    for words in ("4,194,304 bytes", "framewright index https://", "--on-server"):
        assert words in done.output
    mesh.errors = [(422, {"detail": "no name"})]
    assert "no name" in run("index", "shop").output


def test_index_lists_what_there_is(mesh: Mesh, run: Run):
    mesh.answers["/api/v1/repositories"] = {"repositories": [REPOSITORY]}
    output = run("index", "--list").output
    assert "shop" in output
    assert "files 2/4" in output
    assert "about 3 s left" in output
    mesh.answers["/api/v1/repositories"] = {"repositories": []}
    assert "No repository" in run("index").output


def test_logs_list_generations(mesh: Mesh, run: Run):
    mesh.answers["/api/v1/generations?limit=20"] = {"items": [LINE], "next_cursor": None}
    assert "g1  2026-01-01T00:00:00  completed    1.5 s  builtin  Task" in run("logs").output
    mesh.answers["/api/v1/generations?status=failed&q=Task&limit=1"] = {"items": [], "next_cursor": None}
    assert "no generations" in run("logs", "--status", "failed", "--search", "Task", "-n", "1").output
    assert json.loads(run("logs", "--json").stdout)["items"] == [LINE]


def test_times_are_those_of_the_reader(finished: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    finished.answers["/api/v1/generations?limit=20"] = {"items": [LINE], "next_cursor": None}
    finished.answers["/api/sessions?limit=20"] = {"items": [SESSION], "next_cursor": None}
    assert "g1  2026-01-01T09:00:00" in run("logs").output
    assert "   1  09:00:00.000" in run("logs", "g1", "-f").output
    assert "s1  2026-01-01T09:00  " in run("sessions").output


def test_logs_show_the_whole_record_or_what_its_owner_may_see(finished: Mesh, run: Run):
    record = {**finished.result, "prompt": "Task", "timings": {"intent": 12.0, "total": 1500}, "prompts": [{"x": 1}]}
    finished.answers["/api/admin/generations/g1"] = record
    output = run("logs", "g1").output
    assert "prompt: Task" in output
    assert "stages: intent 12 ms" in output
    assert json.loads(run("logs", "g1", "--json").stdout)["prompts"] == [{"x": 1}]
    finished.result |= {"prompt": "Task"}
    for status in (403, 404):
        finished.errors = [(status, {"detail": "not yours"})]
        assert "files: TaskList.xml" in run("logs", "g1").output
    finished.errors = [(500, {"detail": "odd"})]
    assert run("logs", "g1").exit_code == 1


def test_logs_follow_one_generation_event_by_event(finished: Mesh, run: Run):
    lines = run("logs", "g1", "--follow").output.splitlines()
    assert len(lines) == 11
    assert "stage" in lines[1]
    assert [json.loads(line)["seq"] for line in run("logs", "g1", "-f", "--json").stdout.splitlines()][-1] == 11


def test_logs_follow_what_comes(mesh: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    pages = [[{**LINE, "status": "running"}], [LINE], [{**LINE, "id": "g2"}, LINE]]
    mesh.series["/api/v1/generations?limit=20"] = [{"items": items, "next_cursor": None} for items in pages]
    pauses: Iterator[Callable[[], object]] = iter([lambda: mesh.errors.append((503, {})), lambda: None, lambda: None])

    def sleep(_: float) -> None:
        pause = next(pauses, None)
        if pause is None:
            raise KeyboardInterrupt
        pause()

    monkeypatch.setattr("framewright.commands.logs.time.sleep", sleep)
    followed = [json.loads(line) for line in run("logs", "-f", "--json").stdout.splitlines()]
    assert [(line["id"], line["status"]) for line in followed] == [
        ("g1", "running"), ("g1", "completed"), ("g2", "completed"),
    ]  # fmt: skip


def test_export_of_sessions(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.answers["/api/sessions?limit=50"] = {"items": [SESSION], "next_cursor": "c"}
    mesh.answers["/api/sessions?cursor=c&limit=50"] = {"items": [{**SESSION, "id": "s2"}], "next_cursor": None}
    for session in ("s1", "s2"):
        mesh.files[f"/api/sessions/{session}/export?format=json"] = b"{}"
    mesh.files["/api/sessions/s1/export?format=markdown"] = "# 말".encode()
    assert "Exported 2" in run("export", "sessions").output
    assert (tmp_path / "sessions" / "s2.json").read_bytes() == b"{}"
    assert json.loads(run("export", "sessions", "s1", "--format", "markdown", "--json").stdout) == ["sessions/s1.md"]


def test_export_of_generations(finished: Mesh, run: Run, tmp_path: Path):
    finished.answers["/api/v1/generations?status=completed&limit=200"] = {"items": [LINE], "next_cursor": None}
    finished.files["/api/v1/generations/g1/archive"] = b"PK"
    done = run("export", "generations", "--results", "--out", "all")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "all" / "g1.zip").read_bytes() == b"PK"
    assert json.loads((tmp_path / "all" / "g1.json").read_text())["generation_id"] == "g1"
    finished.answers["/api/v1/generations?status=completed&limit=200"] = {"items": [], "next_cursor": None}
    assert "nothing to export" in run("export", "generations").output


def test_generate_watches_its_files(finished: Mesh, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    prompt = tmp_path / "task.txt"
    prompt.write_text("one")
    steps = iter([lambda: prompt.write_text("two"), lambda: (_ for _ in ()).throw(KeyboardInterrupt)])
    monkeypatch.setattr("framewright.watching.time.sleep", lambda _: next(steps)())
    monkeypatch.setattr("framewright.watching.changes.__kwdefaults__", {"sleep": lambda _: next(steps)()})
    done = run("generate", "@task.txt", "--watch")
    assert done.exit_code == 130, done.output
    assert [body["prompt"] for method, _, body in finished.asked if method == "POST"] == ["one", "two"]
    assert run("generate", "x", "--watch").exit_code == 2
    assert run("generate", "@missing.txt").exit_code == 2


def test_a_watch_outlives_what_fails_in_a_round(
    finished: Mesh, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    prompt = tmp_path / "task.txt"
    prompt.write_text("one")
    steps: Iterator[Callable[[], object]] = iter(
        [prompt.unlink, lambda: prompt.write_text("three"), lambda: (_ for _ in ()).throw(KeyboardInterrupt)]
    )
    monkeypatch.setattr("framewright.watching.changes.__kwdefaults__", {"sleep": lambda _: next(steps)()})
    finished.errors = [(422, {"detail": "too short"})]
    done = run("generate", "@task.txt", "--watch")
    assert done.exit_code == 130, done.output
    assert "too short" in done.output
    assert "task.txt: No such file" in done.output
    assert [body["prompt"] for method, _, body in finished.asked if method == "POST"] == ["one", "three"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_each_shell(run: Run, shell: str):
    script = run("completion", shell)
    assert script.exit_code == 0
    assert "_FRAMEWRIGHT_COMPLETE" in script.output


def test_a_shell_is_told_the_words_that_go_on(tmp_path: Path):
    environment = {"_FRAMEWRIGHT_COMPLETE": "complete_bash", "COMP_WORDS": "framewright ex", "COMP_CWORD": "1"}
    asked = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'framewright'; from framewright.cli import main; main()"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert sorted(asked.stdout.split()) == ["export", "export-training"], asked.stderr
