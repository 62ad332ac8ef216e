"""Pictures of screens: whole, safe to embed, with sample rows in the screen's language."""

import re
from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.previews.samples import sample_value
from app.features.previews.schemas import PreviewRequest, ThemeName
from app.features.previews.service import PreviewService
from lxml import html

from chassis.errors import Unprocessable
from screenspec.layout import layout_screen
from screenspec.scopes import scopes
from screenspec.spec import Column, ScreenSpec
from tests.conftest import NAMES, fixture


@pytest.fixture(scope="module")
def previews(frameworks: Frameworks) -> PreviewService:
    return PreviewService(frameworks)


def page(previews: PreviewService, spec: dict[str, Any], theme: ThemeName = "auto") -> str:
    return previews.create(PreviewRequest(spec=spec, theme=theme)).html


@pytest.mark.parametrize("name", NAMES)
def test_every_box_of_the_screen_and_its_popups_is_drawn_in_its_place(
    previews: PreviewService, frameworks: Frameworks, name: str
) -> None:
    spec = ScreenSpec.model_validate(fixture(name))
    metrics = frameworks.get(spec.framework).theme.layout_metrics()
    root: Any = html.fromstring(page(previews, fixture(name)))
    figures = root.xpath("//figure")
    layouts = [layout_screen(spec, metrics, popup=scope.popup) for scope in scopes(spec)]
    assert len(figures) == len(layouts)
    for figure, layout in zip(figures, layouts, strict=True):
        drawn = [element.get("style") for element in figure.xpath("./div/div")]
        first = {box.ref: box.pages[0] for box in layout.boxes if box.kind == "tabs"}
        shown = [box for box in layout.boxes if not box.tabs or box.page == first[box.tabs]]
        assert drawn == [f"left:{box.x}px;top:{box.y}px;width:{box.width}px;height:{box.height}px" for box in shown]
    rows = root.xpath("//tbody/tr")
    assert bool(rows) == any(region.kind == "grid" for region in spec.regions)
    assert all(text.strip() for row in rows for text in row.xpath("./td[@class='left']/text()"))


def test_nothing_in_a_spec_becomes_markup(previews: PreviewService) -> None:
    spec = fixture("task_multi_save")
    attack = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    spec["title"] = attack
    for dataset in spec["datasets"]:
        for column in dataset.get("columns", []):
            column["label"] = attack
        dataset["rows"] = [["01", attack]] if dataset["role"] == "code" else []
    for action in spec["actions"]:
        action["label"] = attack
    text = page(previews, spec)
    root: Any = html.fromstring(text)
    assert root.xpath("//script | //img | //link | //iframe | //a | //*[@onerror]") == []
    assert "<script" not in text
    assert not re.search(r"(?:https?:)?//|url\(|@import", re.sub(r"&[^;]+;", "", text))
    assert "default-src 'none'" in text


def test_light_and_dark_are_the_reader_s_choice_or_the_caller_s(previews: PreviewService) -> None:
    spec = fixture("task_multi_save")
    assert "data-theme" not in page(previews, spec).partition("<head>")[0]
    assert "prefers-color-scheme:dark" in page(previews, spec)
    assert 'data-theme="dark"' in page(previews, spec, "dark").partition("<head>")[0]
    assert 'content="light"' in page(previews, spec, "light")


def test_the_same_spec_gives_the_same_page(previews: PreviewService) -> None:
    assert page(previews, fixture("order_master_detail")) == page(previews, fixture("order_master_detail"))


@pytest.mark.parametrize(
    ("language", "column", "expected"),
    [
        ("ko", {"name": "assignee", "label": "담당자"}, "김민준"),
        ("en", {"name": "assignee", "label": "Assignee"}, "Emma Hall"),
        ("ko", {"name": "task_name", "label": "업무명"}, "월간 실적 보고서 작성"),
        ("ko", {"name": "product_name", "label": "상품명"}, "무선 키보드"),
        ("ko", {"name": "email", "label": "이메일"}, "minjun.kim@example.com"),
        ("ko", {"name": "unit_price", "label": "단가", "type": "decimal", "scale": 2}, "1,250,000.00"),
        ("en", {"name": "amount", "label": "Amount", "type": "integer"}, "1,250,000"),
        ("ko", {"name": "stock_qty", "label": "재고 수량", "type": "integer"}, "12"),
        ("ko", {"name": "progress", "label": "진행률", "type": "integer", "length": 3}, "75"),
        ("ko", {"name": "order_no", "label": "주문번호", "length": 20}, "O2026001"),
        ("ko", {"name": "emp_no", "label": "사번", "length": 4}, "001"),
        ("ko", {"name": "task_id", "label": "ID", "type": "integer", "key": True}, "1001"),
        ("ko", {"name": "line_no", "label": "순번", "type": "integer", "key": True}, "1"),
        ("ko", {"name": "reg_date", "label": "등록일", "type": "date"}, "2026-03-30"),
        ("ko", {"name": "due_date", "label": "마감일", "type": "date"}, "2026-04-13"),
        ("ko", {"name": "start_time", "label": "시작시각", "type": "time"}, "09:00"),
        ("ko", {"name": "updated_at", "label": "수정일시", "type": "datetime"}, "2026-03-30 09:00"),
        ("ko", {"name": "use_yn", "label": "사용여부", "type": "boolean"}, "Y"),
        ("ko", {"name": "content", "label": "본문", "type": "text"}, "담당자 확인 후 진행합니다."),
        ("ko", {"name": "colour", "label": "색상"}, "색상 1"),
        ("ko", {"name": "colour", "label": "색상", "length": 2}, "1"),
    ],
)
def test_samples_are_told_from_type_label_and_name(language: str, column: dict[str, Any], expected: str) -> None:
    spec = ScreenSpec.model_validate({**fixture("task_multi_save"), "language": language})
    assert sample_value(Column.model_validate(column), scopes(spec)[0], 0) == expected


def test_a_spec_that_can_t_be_drawn_is_said_so(previews: PreviewService) -> None:
    with pytest.raises(Unprocessable) as found:
        previews.create(PreviewRequest(spec={"title": "x"}))
    assert found.value.errors
    with pytest.raises(Unprocessable):
        previews.create(PreviewRequest(spec={**fixture("task_multi_save"), "framework": "none"}))


def test_tabs_pages_and_radio_buttons_are_drawn(previews: PreviewService) -> None:
    form: Any = html.fromstring(page(previews, fixture("staff_form_options")))
    tabs = form.xpath("//div[@class='tabs']/b")
    assert [(tab.text, tab.get("class")) for tab in tabs] == [("기본 정보", "on"), ("근무 정보", None)]
    radios = form.xpath("//div[@class='field radio']/span")
    assert [radio.text_content() for radio in radios] == ["남성", "여성", "응답 안 함"]
    assert "주요 경력" not in form.text_content(), "only the first tab is shown"
    pages: Any = html.fromstring(page(previews, fixture("employee_list_pages")))
    assert [item.text for item in pages.xpath("//div[@class='paging']/b[@class='on']")] == ["1"]
    assert pages.xpath("//div[@class='count']/text()") == ["총 48건"]
