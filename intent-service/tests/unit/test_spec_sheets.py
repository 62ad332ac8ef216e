"""Sheets, aligned columns and lines in which people define a screen's items."""

import pytest
from app.parsing.aligned_tables import find_aligned_table
from app.parsing.sources import read_sources
from app.parsing.spec_sheets import as_lines
from app.vocabulary.lexicon import Lexicon

DEFINED = """항목정의서
No  항목명        타입        길이   필수   비고
1   접수번호      VARCHAR     12     Y      PK
2   접수일시      DATETIME           Y
3   민원내용      TEXT
4   처리기한      DATE                      7일
민원 목록 화면
"""
SHEET = """화면정의서
| 구분 | 내용 |
|---|---|
| 화면명 | 급여계좌 변경신청 |
| 입력항목 | 사번, 성명, 기존계좌번호, 변경계좌번호, 변경사유 |
| 버튼 | 신청, 취소 |
"""


def test_columns_that_blanks_align_are_a_table(lexicon: Lexicon) -> None:  # R1.2
    [entity] = read_sources(DEFINED, [], lexicon.field_names).model.entities
    assert [(field.label or field.name, field.type, field.length, field.required) for field in entity.fields] == [
        ("접수번호", "string", 12, True),
        ("접수일시", "datetime", None, True),
        ("민원내용", "text", None, False),
        ("처리기한", "date", None, False),
    ]
    assert [field.key for field in entity.fields] == [True, False, False, False]


def test_a_missing_cell_moves_no_other() -> None:
    found = find_aligned_table(DEFINED)
    assert found is not None
    assert found[0][2] == ["2", "접수일시", "DATETIME", "", "Y", ""]
    assert find_aligned_table("사원  목록  화면 만들어줘\n부서별로  보고 싶어요") is None


def test_a_sheet_of_two_columns_is_read_part_by_part(lexicon: Lexicon) -> None:  # R1.2
    [entity] = read_sources(SHEET, [], lexicon.field_names).model.entities
    assert [field.name for field in entity.fields] == ["사번", "성명", "기존계좌번호", "변경계좌번호", "변경사유"]
    table = "| 이름 | 나이 |\n|---|---|\n| 홍길동 | 3 |\n"
    assert as_lines(table) == table


@pytest.mark.parametrize(
    ("lines", "names", "values"),
    [
        ("* 컨테이너번호(PK)\n* 규격: 20FT, 40FT, 40HC\n* 선사\n* 봉인번호", "컨테이너번호 규격 선사 봉인번호",
         ["20FT", "40FT", "40HC"]),
        ("자산번호        : 13자리\n불용사유        : 노후, 고장, 분실 중 선택\n잔존가액        : 숫자, 천단위 콤마\n",
         "자산번호 불용사유 잔존가액", ["노후", "고장", "분실"]),
        ("제목 : 문자(200) 필수\n품의구분 : 코드 [일반품의, 구매품의]\n기안일 : 날짜\n", "제목 품의구분 기안일",
         ["일반품의", "구매품의"]),
        ("검사번호|string|필수\n검사구분|code(수입,공정,출하)|필수\n검사일|date|선택\n", "검사번호 검사구분 검사일",
         ["수입", "공정", "출하"]),
    ],
)  # fmt: skip
def test_a_line_may_list_the_values_of_its_item(
    lexicon: Lexicon, lines: str, names: str, values: list[str]
) -> None:  # R1.2
    [entity] = read_sources(lines, [], lexicon.field_names).model.entities
    assert [field.name for field in entity.fields] == names.split()
    assert [field.type for field in entity.fields].count("code") == 1
    assert [label for field in entity.fields for _, label in field.values] == values


def test_a_line_that_lists_fields_is_no_item(lexicon: Lexicon) -> None:
    sources = read_sources("- 조회조건: 계약번호, 계약명\n- 목록: 계약번호, 계약명, 계약금액", [], lexicon.field_names)
    assert [field.name for field in sources.model.entities[0].fields] == ["계약번호", "계약명", "계약금액"]
    assert sources.searched == ["계약번호", "계약명"]


def test_a_header_that_names_the_screen_is_read_as_prose_too(lexicon: Lexicon) -> None:
    sources = read_sources("[컨테이너 반입 조회]\n* 컨테이너번호\n* 선사\n* 반입일시\n", [], lexicon.field_names)
    assert "컨테이너 반입 조회" in sources.prose
