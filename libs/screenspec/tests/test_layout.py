"""Boxes never overlap and stay inside, whatever is shown; fields line up."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from screenspec.boxes import Box, Metrics, ScreenLayout
from screenspec.layout import layout_screen
from screenspec.layout_fields import range_stem
from screenspec.scopes import scope_of
from screenspec.spec import Column, ScreenSpec
from screenspec.widths import field_width, grid_column_width, text_width, widget_of

from .conftest import PATTERNS, example

TYPES = ["string", "text", "integer", "decimal", "boolean", "date", "datetime", "time", "code"]
LABELS = st.text(alphabet="가나다라마바사 abcWXYZ0123_-", min_size=1, max_size=60).filter(
    lambda text: text.strip() != ""
)


def overlaps(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def check(layout: ScreenLayout) -> None:
    """R1.7: what is laid out can be read and pressed."""
    panels = {box.ref: box for box in layout.boxes if box.kind == "panel"}
    for box in layout.boxes:
        assert box.width > 0
        assert box.height > 0
        around = panels.get(box.parent) if box.parent else None
        left, top, right, bottom = (
            (around.x, around.y, around.right, around.bottom) if around else (0, 0, layout.width, layout.height)
        )
        assert left <= box.x
        assert box.right <= right
        assert top <= box.y
        assert box.bottom <= bottom
    outer = [box for box in layout.boxes if not box.parent and not box.tabs]
    inner = [box for box in layout.boxes if box.parent and not box.tabs]
    pages = {(box.tabs, box.page) for box in layout.boxes if box.tabs}
    for boxes in (outer, inner, *([box for box in layout.boxes if (box.tabs, box.page) == page] for page in pages)):
        free = [box for box in boxes if not (box.kind == "panel" and box.tabs)]
        for index, one in enumerate(free):
            assert not any(overlaps(one, other) for other in free[index + 1 :])
    for box in layout.boxes:
        if box.tabs:
            tabs = next(item for item in layout.boxes if item.kind == "tabs" and item.ref == box.tabs)
            head = layout.metrics.tab_height
            assert tabs.x <= box.x
            assert box.right <= tabs.right
            assert tabs.y + head <= box.y
            assert box.bottom <= tabs.bottom


@st.composite
def specs(draw: st.DrawFn) -> ScreenSpec:
    document: dict[str, Any] = example(draw(st.sampled_from(PATTERNS)))
    count = draw(st.integers(1, 30))
    columns = [
        {
            "name": f"column_{index}",
            "label": draw(LABELS),
            "type": draw(st.sampled_from(TYPES)),
            "length": draw(st.one_of(st.none(), st.integers(1, 4000))),
            "required": draw(st.booleans()),
            "key": index == 0,
            "widget": draw(st.sampled_from([None, "radio", "combo", "multiline"])),
            "code_group": draw(st.sampled_from([None, "KINDS"])),
        }
        for index in range(count)
    ]
    for dataset in document["datasets"]:
        if dataset["role"] != "code":
            dataset["columns"] = columns
    document["datasets"].append(
        {
            "id": "kinds",
            "role": "code",
            "rows": [[str(index), draw(LABELS)] for index in range(draw(st.integers(0, 9)))],
        }
    )
    for region in document["regions"]:
        shown = draw(
            st.lists(st.sampled_from([item["name"] for item in columns]), min_size=1, max_size=30, unique=True)
        )
        region["columns" if region["kind"] == "grid" else "fields"] = shown
        region["read_only"] = []
        region["label"] = draw(st.one_of(st.just(""), LABELS))
        region["tab"] = draw(st.sampled_from([None, None, "기본", "상세"]))
    for transaction in document["transactions"]:
        transaction["page_size"] = draw(st.sampled_from([None, 20]))
    for action in document["actions"]:
        if "button" in action["on"]:
            action["label"] = draw(LABELS)
    document["title"] = draw(LABELS)
    for popup in document.get("popups", []):
        popup["key"] = ["column_0"]
    return ScreenSpec.model_validate(document)


@settings(max_examples=80, deadline=None)
@given(specs())
def test_nothing_overlaps_and_nothing_is_outside(spec: ScreenSpec) -> None:
    for popup in [None, *spec.popups]:
        check(layout_screen(spec, popup=popup))


@settings(max_examples=20, deadline=None)
@given(specs(), st.integers(640, 1900), st.integers(400, 1200))
def test_nor_on_screens_of_other_sizes(spec: ScreenSpec, width: int, height: int) -> None:
    check(layout_screen(spec, Metrics(width=width, height=height)))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_same_spec_has_the_same_layout(pattern: str) -> None:
    spec = ScreenSpec.model_validate(example(pattern))
    assert layout_screen(spec) == layout_screen(spec)


def test_buttons_are_at_the_right_in_the_usual_order(multi_save: dict[str, Any]) -> None:
    multi_save["actions"].reverse()
    layout = layout_screen(ScreenSpec.model_validate(multi_save))
    buttons = sorted((box for box in layout.boxes if box.kind == "button"), key=lambda box: box.x)
    assert [box.text for box in buttons] == ["조회", "추가", "삭제", "저장"]
    assert buttons[-1].right == layout.width - Metrics().margin


def test_columns_fill_the_grid(multi_save: dict[str, Any]) -> None:
    layout = layout_screen(ScreenSpec.model_validate(multi_save))
    grid = next(box for box in layout.boxes if box.kind == "grid")
    measures = Metrics()
    reserved = measures.number_column + measures.check_column + measures.scrollbar
    assert sum(column.width for column in grid.columns) == grid.width - reserved
    assert grid.bottom == layout.height - measures.margin


def test_a_grid_with_too_many_columns_keeps_its_titles_and_scrolls(multi_save: dict[str, Any]) -> None:
    columns = [
        {"name": f"column_{index}", "label": f"항목 이름 {index}", "type": "string", "length": 100}
        for index in range(25)
    ]
    multi_save["datasets"][1]["columns"] = columns
    multi_save["regions"][1]["columns"] = [item["name"] for item in columns]
    layout = layout_screen(ScreenSpec.model_validate(multi_save))
    grid = next(box for box in layout.boxes if box.kind == "grid")
    assert all(column.width >= text_width("항목 이름 0", Metrics()) for column in grid.columns)


def test_columns_that_are_a_little_too_wide_give_way(multi_save: dict[str, Any]) -> None:
    columns = [{"name": f"column_{index}", "label": "항목", "type": "string", "length": 30} for index in range(5)]
    multi_save["datasets"][1]["columns"] = columns
    multi_save["regions"][1]["columns"] = [item["name"] for item in columns]
    layout = layout_screen(ScreenSpec.model_validate(multi_save))
    grid = next(box for box in layout.boxes if box.kind == "grid")
    assert sum(column.width for column in grid.columns) == grid.width - 88


def test_conditions_line_up_in_columns() -> None:
    document = example("list")
    names = ["title", "assignee", "status", "progress", "due_date", "content"]
    document["datasets"][0]["columns"] = [
        {"name": name, "label": f"{name} 조건", "type": "string", "length": 40} for name in names
    ]
    document["regions"][0]["fields"] = names
    layout = layout_screen(ScreenSpec.model_validate(document))
    fields = [box for box in layout.boxes if box.kind == "field"]
    assert len({box.y for box in fields}) == 2
    assert fields[0].x in {box.x for box in fields[1:]}


def test_two_ends_of_a_range_stand_side_by_side() -> None:
    layout = layout_screen(ScreenSpec.model_validate(example("list")))
    ends = [box for box in layout.boxes if box.kind == "field" and box.ref.startswith("due_date")]
    between = next(box for box in layout.boxes if box.kind == "between")
    assert ends[0].right == between.x
    assert between.right == ends[1].x
    assert sum(box.kind == "label" and box.ref.startswith("due_date") for box in layout.boxes) == 1
    assert range_stem("due_date_from", "due_date_to") == "due_date"
    assert range_stem("due_date_from", "other_to") is None


def test_a_popup_is_as_large_as_its_content(list_popup: dict[str, Any]) -> None:
    spec = ScreenSpec.model_validate(list_popup)
    layout = layout_screen(spec, popup=spec.popups[0])
    assert layout.width < Metrics().width
    assert max(box.bottom for box in layout.boxes) == layout.height - Metrics().margin


def test_a_popup_for_no_region_of_the_spec_is_still_a_screen(list_popup: dict[str, Any]) -> None:
    list_popup["regions"][2]["dataset"] = "nothing"
    spec = ScreenSpec.model_validate(list_popup)
    check(layout_screen(spec, popup=spec.popups[0]))


def test_korean_is_wide() -> None:
    assert text_width("마감일", Metrics()) > text_width("abc", Metrics())


@pytest.mark.parametrize(
    ("kind", "condition", "widget"),
    [
        ("string", False, "text"), ("text", False, "multiline"), ("text", True, "text"), ("integer", False, "number"),
        ("boolean", False, "checkbox"), ("boolean", True, "yes_no"), ("date", False, "date"),
        ("datetime", False, "masked"), ("code", False, "text"),
    ],
)  # fmt: skip
def test_the_type_chooses_the_field(kind: Any, condition: bool, widget: str) -> None:
    scope = scope_of(ScreenSpec.model_validate(example("list")), None)
    assert widget_of(Column(name="x", label="엑스", type=kind), scope, condition=condition) == widget


def test_a_column_with_codes_is_chosen_from_a_list_as_wide_as_its_labels() -> None:
    scope = scope_of(ScreenSpec.model_validate(example("list")), None)
    column = Column(name="status", label="상태", type="code", code_group="TASK_STATUS")
    assert widget_of(column, scope) == "combo"
    assert field_width(column, "combo", scope, Metrics()) >= 120
    assert grid_column_width(column, scope, Metrics()) >= 84
