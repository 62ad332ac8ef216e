"""Items of lists that are written in odd ways: the rest of their list is read all the same."""

import pytest
from app.parsing.numbered_names import without_ranges
from app.parsing.sources import read_sources
from app.vocabulary.lexicon import Lexicon


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("품번, 품명, 치수1~치수3, 비고 검사 화면", "품번 품명 치수1 치수2 치수3 비고"),
        ("시험성적 입력: 성적서번호(PK), 측정값1~측정값2(소수점 3자리), 판정(OK/NG), 검사자",
         "성적서번호 측정값1 측정값2 판정 검사자"),
        ("설문 응답 화면. 항목: 응답자, Q1~4, 의견", "응답자 Q1 Q2 Q3 Q4 의견"),
        ("inspection form: part no, dim1 ~ dim3 (decimal 10,3), result (OK/NG), remark",
         "part no|dim1|dim2|dim3|result|remark"),
    ],
)  # fmt: skip
def test_a_range_of_numbered_names_is_each_of_them(lexicon: Lexicon, prompt: str, names: str) -> None:  # R1.2
    [entity] = read_sources(prompt, [], lexicon.field_names).model.entities
    assert [field.name for field in entity.fields] == names.split("|" if "|" in names else None)


@pytest.mark.parametrize(
    "text",
    ["1~3월 매출", "등급은 A1~3등급", "3~5년차 사원 목록", "점수 1~10", "room 1-200 list", "2024-01-01 ~ 2024-01-31"],
)
def test_other_ranges_stay_as_they_are(text: str) -> None:
    assert without_ranges(text) == text


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("grid of items: item code, qty, need by, note", ["item code", "qty", "need by", "note"]),
        ("employee grid: emp_id (int), is_active (boolean default true), emp_name (varchar 50)",
         ["emp_id", "is_active", "emp_name"]),
        ("booking form with room, start, end, purpose", ["room", "start", "end", "purpose"]),
        ("leave form: employee, leave type (annual/sick/unpaid), half day?, reason",
         ["employee", "leave type", "half day", "reason"]),
        ("Room list with room, date, purpose and a save button", ["room", "date", "purpose"]),
    ],
)  # fmt: skip
def test_a_name_that_is_hard_to_tell_ends_no_english_list(lexicon: Lexicon, prompt: str, names: list[str]) -> None:
    [entity] = read_sources(prompt, [], lexicon.field_names).model.entities  # R1.2
    assert [field.name for field in entity.fields] == names


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("입찰공고 관리. 공고번호; 공고명; 발주기관; 공고일", ["공고번호", "공고명", "발주기관", "공고일"]),
        ("Table with SKU; description; bin location; reorder point. Read only", ["SKU", "description", "bin location",
         "reorder point"]),
        ("요청 관리 화면; 컬럼: 요청번호, 제목; 조회 조건: 제목", ["요청번호", "제목"]),
    ],
)  # fmt: skip
def test_semicolons_part_items_as_commas_do(lexicon: Lexicon, prompt: str, names: list[str]) -> None:  # R1.2
    [entity] = read_sources(prompt, [], lexicon.field_names).model.entities
    assert [field.name for field in entity.fields] == names


def test_how_a_field_is_searched_for_is_no_name_of_it(lexicon: Lexicon) -> None:
    sources = read_sources("조회조건: 작업일자(기간), 품번(like), 품명(부분일치)", [], lexicon.field_names)
    assert [condition.name for condition in sources.conditions] == ["작업일자", "품번", "품명"]
