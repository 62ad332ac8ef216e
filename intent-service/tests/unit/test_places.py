"""Views and their places in a prompt. R1.2"""

import pytest
from app.features.intents.arrangements import find_arrangement
from app.parsing.places import find_places
from app.vocabulary.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("prose", "upper", "lower"),
    [
        ("공통코드 관리 화면: 왼쪽 코드그룹 목록, 오른쪽 상세코드 편집", "코드그룹 목록", "상세코드 편집"),
        ("사원 목록을 왼쪽에 두고 오른쪽에 상세 정보를 입력", "사원 목록", "상세 정보"),
        ("학과 목록을 좌측에, 학생 목록을 우측에 배치", "학과 목록", "학생 목록"),
        ("order list on top, order items below", "order list", "order items"),
        ("Left: code groups, right: codes", "code groups", "codes"),
        ("설비 목록에서 설비를 고르면 점검 이력이 나오게", "목록에서 설비", "점검 이력"),
    ],
)
def test_the_upper_and_the_lower_view_are_found(prose: str, upper: str, lower: str) -> None:
    places = find_places(prose)

    assert places is not None
    assert (places.upper, places.lower) == (upper, lower)


@pytest.mark.parametrize(
    "prose",
    [
        "상단에 고객명, 전화번호, 하단에 주문번호, 금액",
        "상단은 요청번호와 요청일자, 하단은 품목코드, 수량",
        "왼쪽 정렬, 오른쪽 정렬이 되는 사원 목록",
        "고객을 선택하면 등급과 연락처가 나오는 화면",
    ],
)
def test_lists_of_fields_are_no_views(prose: str) -> None:
    assert find_places(prose) is None


def test_two_views_of_two_things_are_a_master_and_its_details() -> None:
    found = find_arrangement("왼쪽은 부서 트리, 오른쪽은 사원 목록", LEXICON, "ko")

    assert found is not None
    assert found.pattern == "master_detail"
    assert [subject.name for subject in found.subjects] == ["department", "employee"]


def test_a_list_beside_the_details_of_its_row_is_one_thing() -> None:
    found = find_arrangement("customers grid at the top and a detail form below", LEXICON, "en")

    assert found is not None
    assert found.pattern == "list_detail"
    assert [subject.name for subject in found.subjects] == ["customer"]


def test_conditions_above_a_list_make_no_second_view() -> None:
    prose = "위쪽은 검색 조건, 아래쪽은 사원 목록"
    found = find_arrangement(prose, LEXICON, "ko")

    assert found is not None
    assert found.pattern is None
    assert found.without_places(prose).strip() == "사원 목록"


def test_what_a_choice_shows_on_a_screen_about_something_else_is_no_view() -> None:
    assert find_arrangement("상품을 선택하면 재고가 나오는 주문 등록 화면", LEXICON, "ko") is None
    assert find_arrangement("부서를 선택하면 사원 팝업이 나오는 화면", LEXICON, "ko") is None
