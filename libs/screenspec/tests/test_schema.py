"""What engines are held to while they decode."""

import json
from typing import Any

from screenspec.schema import compact_schema, response_schema


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        own = [node] if node.get("type") == "object" else []
        return own + [item for value in node.values() for item in objects(value)]
    return [item for value in node for item in objects(value)] if isinstance(node, list) else []


def test_no_object_takes_unknown_members() -> None:
    found = objects(response_schema())
    assert len(found) > 5
    assert all(item["additionalProperties"] is False for item in found)


def test_members_called_title_stay_and_titles_go() -> None:
    schema = response_schema()
    assert "title" in schema["properties"]
    assert "title" not in schema
    assert '"description"' not in json.dumps(schema)


def test_the_schema_uses_the_names_of_the_wire() -> None:
    assert "validate" in response_schema()["$defs"]["Action"]["properties"]


def test_the_compact_form_names_every_part_on_a_line() -> None:
    lines = compact_schema().splitlines()
    assert lines[0].startswith("spec: version(1), screen_id*")
    assert any(line.startswith("action: ") and "validate?" in line for line in lines)
    assert all(len(line) < 500 for line in lines)
