"""What the local mesh says at the terminal, in Korean and English."""

from collections.abc import Callable, Mapping
from typing import Literal

Language = Literal["ko", "en"]

_TEXTS: dict[str, tuple[str, str]] = {
    "starting": ("로컬 메시를 시작합니다 …", "Starting the local mesh …"),
    "part_ready": ("  {name:<20} {seconds:5.1f}초  {where}", "  {name:<20} {seconds:5.1f} s  {where}"),
    "ready": ("메시가 {seconds:.1f}초 만에 준비되었습니다: {url}", "The mesh is ready in {seconds:.1f} s: {url}"),
    "knowledge": (
        "  {name:<20} {seconds:5.1f}초  지식 {entries}건",
        "  {name:<20} {seconds:5.1f} s  {entries} entries",
    ),
    "knowledge_later": (
        "지식 색인이 아직 끝나지 않았습니다. 그동안은 키워드로만 검색합니다.",
        "The knowledge is not indexed yet: until it is, searches use keywords alone.",
    ),
    "stopped": ("로컬 메시를 멈췄습니다.", "The local mesh has stopped."),
    "not_running": ("로컬 메시가 실행 중이 아닙니다.", "The local mesh is not running."),
    "how_to_start": (
        '시작하려면: make serve 또는 make run PROMPT="…"',
        'To start it: make serve, or make run PROMPT="…"',
    ),
    "runs_already": (
        "로컬 메시가 이미 실행 중입니다: `make status`로 보고 `make stop`으로 멈춥니다.",
        "The local mesh runs already: `make status` shows it, `make stop` ends it.",
    ),
    "where": (
        "메시는 계속 실행됩니다.  API: {base}/docs  (멈추려면 make stop)",
        "The mesh stays up.  API: {base}/docs  (make stop ends it)",
    ),
    "credentials": ("키와 비밀번호: {path}", "Key and password: {path}"),
    "first_admin": (
        "첫 관리자 {email}: 비밀번호와 API 키는 {file}에 있습니다.",
        "First admin {email}; its password and an API key are in {file}.",
    ),
    "no_credentials": (
        "관리자는 이미 있지만 {file} 파일이 없습니다. 로그인해서 클라이언트용 API 키를 만드세요.",
        "There is an admin already, but no {file}: log in, and make an API key for the client.",
    ),
    "no_admin": (
        "admin-service가 첫 관리자를 만들지 못했습니다: {reason}",
        "admin-service made no first admin: {reason}",
    ),
    "leftovers": ("이전 실행이 남긴 것을 끝냅니다: {names}", "Ending what an earlier run left: {names}"),
    "halted": ("{name}: 멈춘 상태로 둡니다", "{name} is halted"),
    "ended": (
        "{name}: 끝났습니다 ({how}). {pause:g}초 뒤에 다시 시작합니다",
        "{name} ended ({how}): starting it again in {pause:g} s",
    ),
    "ready_again": ("{name}: 다시 준비되었습니다 ({seconds:.1f}초)", "{name} is ready again ({seconds:.1f} s)"),
    "killed": ("{name}: 스스로 끝나지 않아 강제로 끝냈습니다", "{name} does not end by itself: killed"),
    "database_ended": ("데이터베이스가 끝났습니다. 다시 시작합니다", "The database ended: starting it again"),
    "database_failed": ("데이터베이스를 시작하지 못했습니다: {reason}", "The database did not start: {reason}"),
    "did_not_start": (
        "{name}: 시작되지 않았습니다. {log}의 끝부분:\n{tail}",
        "{name} did not start. The end of {log}:\n{tail}",
    ),
    "migration_failed": (
        "{name}: 마이그레이션이 실패했습니다. {log}의 끝부분:\n{tail}",
        "The migration of {name} failed. The end of {log}:\n{tail}",
    ),
    "too_slow": (
        "메시가 {seconds:g}초 안에 준비되지 않았습니다: {logs}를 보세요.",
        "The mesh was not ready after {seconds:g} s: see {logs}.",
    ),
    "port_taken": (
        "포트 {port}({name}): 다른 프로그램이 쓰고 있습니다. {variable} 값을 바꾸세요.",
        "The port {port} of {name} is taken by another program: set {variable}.",
    ),
    "ports_taken": (
        "{lines}\nFRAMEWRIGHT_PORT_BASE로 모두 옮길 수 있습니다. 예: FRAMEWRIGHT_PORT_BASE=9000 make run …",
        "{lines}\nFRAMEWRIGHT_PORT_BASE moves all of them, for example: FRAMEWRIGHT_PORT_BASE=9000 make run …",
    ),
    "same_port": (
        "{name}, {other}: 같은 포트 {port}번을 함께 쓸 수 없습니다.",
        "{name} and {other} can't both have the port {port}.",
    ),
    "not_a_port": ("{variable} 값이 포트 번호가 아닙니다: {value!r}", "{variable} is not a port number: {value!r}."),
    "no_such_service": ("{name!r} 서비스는 없습니다: {known}", "There is no service {name!r}: {known}."),
    "status": ("{name:<20} {state}  {url}  pid {pid}{restarts}", "{name:<20} {state}  {url}  pid {pid}{restarts}"),
    "state_ready": ("준비됨   ", "ready    "),
    "state_halted": ("멈춰 둠  ", "halted   "),
    "state_not_ready": ("준비 안 됨", "not ready"),
    "restarted": ("  다시 시작 {count}번", "  restarted {count} times"),
}


def render(key: str, language: Language, **values: object) -> str:
    ko, en = _TEXTS[key]
    return (ko if language == "ko" else en).format(**values)


def language_of(environment: Mapping[str, str]) -> Language:
    """That of LC_ALL, LC_MESSAGES or LANG; English for any other than Korean."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "ko" if locale.lower().startswith("ko") else "en"


class MeshError(Exception):
    """The mesh can't do what was asked; the message says why, and what helps."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        return render(self.key, language, **self.values)


class Say:
    """Writes messages in one language."""

    def __init__(self, write: Callable[[str], None], language: Language) -> None:
        self.write = write
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> None:
        self.write(self.text(key, **values))

    def text(self, key: str, **values: object) -> str:
        return render(key, self.language, **values)

    def error(self, error: MeshError) -> str:
        """Writes the error, and gives what was written."""
        text = error.text(self.language)
        self.write(text)
        return text
