"""`make api-docs`: a page for each service's API, made of its committed openapi.json; a test holds them current."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "api"
SERVICES = {
    "gateway": "the public API; what other people's programs call",
    "admin-service": "users, keys, engines, knowledge, templates; the gateway passes `/api/admin/…` on",
    "intent-service": "inside the mesh: what a prompt asks for",
    "rag-service": "inside the mesh: knowledge, code, prompts",
    "embedding-service": "inside the mesh: vectors, reranking, morphemes",
    "llm-proxy": "inside the mesh, or by itself: every engine in OpenAI's and Ollama's protocol",
    "postprocess-service": "inside the mesh: analysis, checks, emission, patches",
}
Document = Mapping[str, Any]
_NOTE = "*Made by `make api-docs` from the service's `openapi.json`: change the code, not this page.*"


def pages() -> dict[str, str]:
    """Name of each page → its text."""
    found = {"README.md": _index()}
    for service in SERVICES:
        document = json.loads((ROOT / service / "openapi.json").read_text(encoding="utf-8"))
        found[f"{service}.md"] = "\n".join(_page(service, document)).rstrip() + "\n"
    return found


def main() -> None:
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


def _index() -> str:
    rows = [f"| [{service}]({service}.md) | {what} |" for service, what in SERVICES.items()]
    head = [
        "# API reference",
        "",
        "For developers. How to use the public API: the [user guide](../user-guide/README.md).",
        "",
    ]
    return "\n".join([*head, _NOTE, "", "| service | |", "|---|---|", *rows]) + "\n"


def _page(service: str, document: Document) -> Iterator[str]:
    schemas: Document = document.get("components", {}).get("schemas", {})
    yield from (
        f"# {service}",
        "",
        f"For developers: {SERVICES[service]}. Version {document['info']['version']}.",
        "",
        _NOTE,
        "",
    )
    for path, operations in sorted(document["paths"].items()):
        for method, operation in operations.items():
            yield from _operation(method, path, operation)
    if schemas:
        yield from ("## Types", "")
    for name, schema in sorted(schemas.items()):
        yield from _type(name, schema)


def _operation(method: str, path: str, operation: Document) -> Iterator[str]:
    yield from (f"## {method.upper()} {path}", "")
    if operation.get("summary"):
        yield from (f"**{_line(operation['summary'])}**", "")
    if operation.get("description"):
        yield from (operation["description"].strip(), "")
    if operation.get("parameters"):
        yield from ("| parameter | in | type | |", "|---|---|---|---|")
        for one in operation["parameters"]:
            needed = "needed. " if one.get("required") else ""
            text = one.get("description") or one["schema"].get("description", "")
            yield f"| `{one['name']}` | {one['in']} | {_kind(one['schema'])} | {_cell(needed + _line(text))} |"
        yield ""
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield from (f"Body `{kind}`: {_kind(content.get('schema', {}))}", "")
    yield from ("| answer | |", "|---|---|")
    for status, answer in sorted(operation.get("responses", {}).items()):
        kinds = [
            f"`{kind}` {_kind(content.get('schema', {}))}".strip()
            for kind, content in answer.get("content", {}).items()
        ]
        yield f"| {status} | {_cell('; '.join([_line(answer.get('description', '')), *kinds]))} |"
    yield ""


def _type(name: str, schema: Document) -> Iterator[str]:
    yield from (f"### {name}", "")
    if schema.get("description"):
        yield from (schema["description"].strip(), "")
    if not schema.get("properties"):
        yield from (_kind(schema), "")
        return
    yield from ("| member | type | |", "|---|---|---|")
    for member, one in schema["properties"].items():
        needed = "needed. " if member in schema.get("required", []) else ""
        preset = (
            ""
            if "default" not in one or one["default"] in (None, [], {}, "")
            else f" `{json.dumps(one['default'], ensure_ascii=False)}` unless given."
        )
        yield f"| `{member}` | {_kind(one)} | {_cell(needed + _line(one.get('description', '')) + preset)} |"
    yield ""


def _kind(schema: Document) -> str:
    """A type in words, with a link to its own section where it has a name."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{_anchor(name)})"
    choices = [one for word in ("anyOf", "oneOf", "allOf") for one in schema.get(word, ())]
    if choices:
        return " or ".join(dict.fromkeys(map(_kind, choices)))
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values:
        return ", ".join(f"`{json.dumps(one, ensure_ascii=False)}`" for one in values)
    return _plain(schema)


def _plain(schema: Document) -> str:
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    limits = [f"{word} {schema[key]}" for key, word in _LIMITS.items() if key in schema]
    return f"{kind}{' (' + ', '.join(limits) + ')' if limits else ''}"


_LIMITS = {
    "format": "form",
    "minLength": "at least",
    "maxLength": "at most",
    "minimum": "from",
    "maximum": "to",
    "pattern": "like",
}


def _anchor(name: str) -> str:
    return "".join(sign for sign in name.lower().replace(" ", "-") if sign.isalnum() or sign in "-_")


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
