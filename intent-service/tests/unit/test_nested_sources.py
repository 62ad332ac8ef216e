"""Objects and lists within what a source states. R1.2"""

import pytest

from ..reading import read_sources


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('목록 화면 {"data": [{"tripId": 1, "driver": {"name": "Kim", "phone": "010"}}], "meta": {"a": 1}}',
         {"data": ["tripId", "driver_name", "driver_phone"]}),
        ("type Invoice = { id: string; customer: string; lines: { sku: string; qty: number }[] }",
         {"Invoice": ["id", "customer"], "lines": ["sku", "qty"]}),
        ("interface Trip {\n  id: number;\n  driver: { name: string };\n  stops: Array<{ seq: number; at: Date }>;\n}",
         {"Trip": ["id", "driver_name"], "stops": ["seq", "at"]}),
    ],
)  # fmt: skip
def test_nested_objects_are_fields_and_nested_lists_entities(text: str, expected: dict[str, list[str]]) -> None:
    entities = read_sources(text).model.entities
    assert {item.name: [field.name for field in item.fields] for item in entities} == expected
    assert all(item.references[0].parent == entities[0].name for item in entities[1:])
