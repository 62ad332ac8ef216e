"""A session as a file, and a file as a session: JSON or Markdown, the same content in both."""

import re
from typing import Any

import orjson
from pydantic import ValidationError

from chassis.errors import FieldError, InvalidInput, Unprocessable

from ...storage.conversation_records import Columns, Session
from ...storage.records import moment, now
from .schemas import FORMAT, VERSION, ExportDocument

_SETTINGS = ("title", "kind", "model", "temperature", "max_tokens", "system_prompt", "use_knowledge", "framework")
_MADE_BY = ("status", "tokens", "processing_ms", "model", "model_version", "engine", "template", "parameters")
_HEADS = {"user": "User", "assistant": "Assistant", "system": "System"}
_MARK = re.compile(r"^<!-- (framewright-session|message): (\{.*\}) -->$")
_ESCAPED = re.compile(r"^(\\*)(<!-- (?:framewright-session|message): )", re.MULTILINE)
_UNESCAPED = re.compile(r"^\\(\\*<!-- (?:framewright-session|message): )", re.MULTILINE)


def exported(session: Session, rows: list[Columns]) -> dict[str, Any]:
    """The document of an export; what is still being written is left out."""
    settings = {name: getattr(session, name) for name in _SETTINGS}
    messages = [
        {
            "role": row["role"],
            "content": row["content"],
            "created_at": moment(row["created_at"]),
            **{name: row[name] for name in _MADE_BY if row[name] is not None},
        }
        for row in rows
        if row["content"].strip() and row["status"] != "streaming"
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": moment(now()),
        "session": {**settings, "created_at": moment(session.created_at)},
        "messages": messages,
    }


def as_markdown(document: dict[str, Any]) -> str:
    """For people; the comments hold what an import needs."""
    head = {name: value for name, value in document.items() if name != "messages"}
    parts = [f"<!-- {FORMAT}: {_json(head)} -->", "", f"# {document['session']['title'] or '–'}", ""]
    for message in document["messages"]:
        about = {name: value for name, value in message.items() if name != "content"}
        escaped = _ESCAPED.sub(r"\1\\\2", message["content"])
        parts += [f"<!-- message: {_json(about)} -->", f"## {_HEADS[message['role']]}", "", escaped, ""]
    return "\n".join(parts)


def read_json(content: bytes) -> ExportDocument:
    """The export in a JSON text.

    Raises:
        InvalidInput: it is no JSON.
        Unprocessable: it is no export; it names the places.
    """
    try:
        return _validated(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        raise InvalidInput("The body is not valid JSON.", code="invalid_json") from error


def read_markdown(content: bytes) -> ExportDocument:
    """As `read_json`, of what `as_markdown` wrote."""
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidInput("The body is not UTF-8.", code="invalid_encoding") from error
    document: dict[str, Any] = {}
    messages: list[dict[str, Any]] = []
    bodies: list[list[str]] = []
    for number, line in enumerate(lines, 1):
        mark = _MARK.match(line)
        if mark is None:
            if bodies:
                bodies[-1].append(line)
            continue
        about = _object(mark[2], number)
        if mark[1] == "message":
            messages.append(about)
            bodies.append([])
        elif not document:
            document = about
    if not document:
        raise _refused("body", f"There is no line `<!-- {FORMAT}: … -->`: this is no export.")
    for about, body in zip(messages, bodies, strict=True):
        about["content"] = _body(body)
    return _validated({**document, "messages": messages})


def _body(lines: list[str]) -> str:
    """Without the heading, and the blank lines that stand around."""
    rest = lines[1:] if lines and lines[0].startswith("## ") else lines
    return _UNESCAPED.sub(r"\1", "\n".join(rest[1:] if rest and not rest[0] else rest).removesuffix("\n"))


def _validated(document: Any) -> ExportDocument:
    try:
        return ExportDocument.model_validate(document)
    except ValidationError as error:
        errors = [FieldError(".".join(map(str, item["loc"])) or "body", item["msg"]) for item in error.errors()[:20]]
        named = ", ".join(item.field for item in errors[:3])
        raise Unprocessable(f"This is no valid export: {named}.", code="invalid_import", errors=errors) from error


def _object(text: str, line: int) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _refused(f"line {line}", "The comment holds no valid JSON.") from error
    return found if isinstance(found, dict) else {}


def _json(value: dict[str, Any]) -> str:
    """JSON that can't end the comment around it."""
    return orjson.dumps(value).decode().replace(">", "\\u003e")


def _refused(field: str, message: str) -> Unprocessable:
    return Unprocessable(
        f"This is no valid export: {message}", code="invalid_import", errors=[FieldError(field, message)]
    )
