"""Screens of several parts, of which the prompt lists the fields: each part keeps its own. R1.2"""

from itertools import pairwise

import pytest
from app.features.intents.schemas import IntentRequest, IntentResponse
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon


async def understand(lexicon: Lexicon, prompt: str) -> IntentResponse:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    return await service.understand(IntentRequest(prompt=prompt))


def stated(answer: IntentResponse) -> dict[str, list[str]]:
    """The labels of the stated fields, by entity."""
    assert answer.data_model is not None
    return {
        entity.name: [field.label for field in entity.fields if field.origin == "stated"]
        for entity in answer.data_model.entities
    }


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("강의실 예약. 왼쪽 강의실 목록(강의실코드, 강의실명), 오른쪽 예약 내역(예약일, 시작시간, 예약자)",
         {"classroom": ["강의실코드", "강의실명"], "reservation": ["예약일", "시작시간", "예약자"]}),
        ("차량 목록(차량번호, 차종)은 위에, 정비 내역(정비일, 정비항목, 비용)은 아래에 배치",
         {"vehicle": ["차량번호", "차종"], "equipment_maintenance_history": ["정비일", "정비항목", "비용"]}),
        ("왼쪽에 병동 트리, 오른쪽에 입원환자 목록(등록번호, 환자명, 주치의)",
         {"ward": [], "hospital_admission": ["등록번호", "환자명", "주치의"]}),
        ("왼쪽 메뉴 트리, 가운데 화면 목록(화면ID, 화면명), 오른쪽 권한 목록(권한코드, 권한명)",
         {"menu": [], "screen": ["화면ID", "화면명"], "role": ["권한코드", "권한명"]}),
        ("설비 등록 화면. 설비코드·설비명·설치일은 위에 폼으로, 부품코드·부품명·수량은 아래 그리드로",
         {"equipment": ["설비코드", "설비명", "설치일"], "equipment_detail": ["부품코드", "부품명", "수량"]}),
        ("설비코드, 설비명, 설치일은 위에 폼으로, 부품코드, 부품명, 수량은 아래 그리드로 보여주는 설비 화면",
         {"equipment": ["설비코드", "설비명", "설치일"], "equipment_detail": ["부품코드", "부품명", "수량"]}),
        ("부서 트리를 왼쪽에 두고 부서를 클릭하면 오른쪽 그리드에 사번, 성명, 내선번호가 나오게",
         {"department": [], "employee": ["사번", "성명", "내선번호"]}),
        ("창고별 재고. 왼쪽 창고 선택하면 오른쪽에 품번, 품명, 수량이 조회",
         {"warehouse": [], "inventory": ["품번", "품명", "수량"]}),
        ("회의를 선택하면 아래에 안건번호, 안건명, 담당자가 나오는 화면",
         {"meeting": [], "meeting_detail": ["안건번호", "안건명", "담당자"]}),
        ("좌: 계약 목록(계약번호, 계약명) 우: 산출물(문서번호, 제출일, 내용)",
         {"contract": ["계약번호", "계약명"], "deliverable": ["문서번호", "제출일", "내용"]}),
        ("사업장을 고르면 그 사업장의 근로자 목록(사번, 성명, 입사일)이 우측에 떠야 합니다",
         {"workplace": [], "laborer": ["사번", "성명", "입사일"]}),
        ("좌측 고객 트리, 우측 상단 고객 정보 폼(고객번호, 고객명), 우측 하단 주문 내역 그리드(주문번호, 금액)",
         {"customer": ["고객번호", "고객명"], "order_history": ["주문번호", "금액"]}),
        ("강좌(강좌코드, 강좌명)를 클릭하면 오른쪽에 수강생(학번, 성명, 학과)이 나오게 해줘",
         {"course": ["강좌코드", "강좌명"], "enrollment": ["학번", "성명", "학과"]}),
        ("거래처 선택하면 아래에 계약 목록(계약번호, 계약일, 금액) 나와야 함. 거래처는 코드, 명, 대표자만",
         {"client": ["코드", "명", "대표자"], "contract": ["계약번호", "계약일", "금액"]}),
        ("buildings on the left (code, name), rooms on the right (room no, floor, area)",
         {"building": ["Code", "Name"], "guest_room": ["Room no", "Floor", "Area"]}),
        ("warehouse tree left, bins grid right with bin code, zone, capacity",
         {"warehouse": [], "bin": ["Bin code", "Zone", "Capacity"]}),
        ("pick a department from the tree on the left and see its employees (emp no, name) on the right",
         {"department": [], "employee": ["Emp no", "Name"]}),
        ("tree of categories on the left and products table (sku, name, price) on the right",
         {"product_category": [], "product": ["SKU", "Name", "Price"]}),
        ("Click a supplier in the list (code, name) and its products (sku, name, price) appear below",
         {"supplier": ["Code", "Name"], "product": ["SKU", "Name", "Price"]}),
        ("Show departments (dept code, dept name); when a department is selected, its employees (emp no, name)",
         {"department": ["Dept code", "Dept name"], "employee": ["Emp no", "Name"]}),
        ("Left: suppliers grid with code, name; right: contracts grid with contract no, start date, amount",
         {"supplier": ["Code", "Name"], "contract": ["Contract no", "Start date", "Amount"]}),
        ("Master-detail: courses on top, below the students (student no, name, grade)",
         {"course": [], "student": ["Student no", "Name", "Grade"]}),
        ("When a machine is clicked, show its operators (name, shift, phone) at the bottom",
         {"equipment": [], "operator": ["Name", "Shift", "Phone"]}),
        ("purchase order: header(po no, vendor, po date) + items(item code, qty, need by)",
         {"purchase_order": ["Po no", "Vendor", "Po date"], "purchase_order_item": ["Item code", "Qty", "Need by"]}),
    ],
)  # fmt: skip
async def test_every_part_keeps_what_is_said_of_it(
    lexicon: Lexicon, prompt: str, expected: dict[str, list[str]]
) -> None:
    answer = await understand(lexicon, prompt)
    assert answer.pattern == "master_detail"
    assert stated(answer) == expected
    assert answer.data_model is not None
    names = list(expected)
    assert [(item.parent, item.child) for item in answer.data_model.relations] == list(pairwise(names))


@pytest.mark.parametrize(
    ("prompt", "pattern", "expected"),
    [
        ("왼쪽에 직원 목록(사번, 성명), 오른쪽에 상세 폼(사번, 성명, 주소, 연락처)", "list_detail",
         {"employee": ["사번", "성명", "주소", "연락처"]}),
        ("왼쪽에 직원 목록, 오른쪽에 인사정보(사번, 성명, 입사일)", "list_detail",
         {"employee": ["사번", "성명", "입사일"]}),
        ("employee list (emp no, name) on top and a form below with address, phone", "list_detail",
         {"employee": ["Emp no", "Name", "Address", "Phone"]}),
        ("회원 등록 화면: 위에 기본정보(회원번호, 이름), 아래에 상세정보(주소, 전화번호)", "form",
         {"member": ["회원번호", "이름", "주소", "전화번호"]}),
    ],
)  # fmt: skip
async def test_two_parts_of_one_thing_make_one_entity(
    lexicon: Lexicon, prompt: str, pattern: str, expected: dict[str, list[str]]
) -> None:
    answer = await understand(lexicon, prompt)
    assert answer.pattern == pattern
    assert stated(answer) == expected


async def test_two_lists_in_one_place_stand_below_the_same_parent(lexicon: Lexicon) -> None:
    answer = await understand(
        lexicon, "왼쪽 사원 목록(사번, 성명), 오른쪽 경력(회사명, 기간)과 자격증(자격증명, 취득일)"
    )
    assert stated(answer) == {
        "employee": ["사번", "성명"],
        "career_history": ["회사명", "기간"],
        "certificate_holding": ["자격증명", "취득일"],
    }
    assert answer.data_model is not None
    assert {item.parent for item in answer.data_model.relations} == {"employee"}


async def test_a_plain_key_is_called_after_its_parent_below_it(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "왼쪽에 사용자 목록(아이디, 이름), 오른쪽에 게시글 목록(아이디, 제목)")
    assert answer.data_model is not None
    [relation] = answer.data_model.relations
    assert (relation.parent_fields, relation.child_fields) == (["id"], ["user_id"])
    assert [field.name for field in answer.data_model.entities[1].fields] == ["user_id", "id", "title"]


@pytest.mark.parametrize(
    "prompt",
    [
        "상단에 조회조건(부서, 기간), 하단에 사원 목록(사번, 성명, 직급)",
        "부서를 선택하고 조회하면 사원 목록(사번, 성명, 직급)이 나오는 화면",
        "월별 판매 현황. 위에 라인차트, 아래에 판매 목록(판매일, 상품명, 수량)",
        "매출 화면. 상단에 합계(총건수, 총금액), 하단에 매출 목록(매출번호, 매출일, 금액)",
    ],
)
async def test_conditions_and_sums_above_a_list_are_no_parent(lexicon: Lexicon, prompt: str) -> None:
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    assert len(answer.data_model.entities) == 1


@pytest.mark.parametrize(
    ("prompt", "expected", "conditions"),
    [
        ("마감 화면. 마감년월 입력하고 실행버튼 누르면 아래에 실행이력(실행일시, 결과, 메시지)",
         ["실행일시", "결과", "메시지", "마감년월"], ["마감년월"]),
        ("대출원금, 금리, 기간(개월), 상환방식(원리금균등/만기일시) 입력하면 상환 스케줄(회차, 상환일, 원금) 표 출력",
         ["회차", "상환일", "원금", "대출원금", "금리", "기간", "상환방식"], ["대출원금", "금리", "기간", "상환방식"]),
        ("출발지, 도착지, 중량을 입력하면 운임 견적(택배사, 운임, 소요일)을 표로 보여줘",
         ["택배사", "운임", "소요일", "출발지", "도착지", "중량"], ["출발지", "도착지", "중량"]),
        ("Enter principal, rate and term, then show the repayment schedule (period, due date, interest)",
         ["Period", "Due date", "Interest", "Principal", "Rate", "Term"], ["Principal", "Rate", "Term"]),
    ],
)  # fmt: skip
async def test_what_is_entered_for_a_result_is_there_and_searched_by(
    lexicon: Lexicon, prompt: str, expected: list[str], conditions: list[str]
) -> None:
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    [entity] = answer.data_model.entities
    assert answer.pattern == "list"
    assert [field.label for field in entity.fields if field.origin == "stated"] == expected
    assert [field.label for field in entity.fields if field.search != "none"] == conditions
    assert [field.label for field in entity.fields if not field.shown] == conditions


async def test_what_is_entered_to_be_saved_is_what_the_screen_is_about(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "제목, 내용, 작성자를 입력하고 저장하는 공지 등록 화면")
    assert stated(answer) == {"notice": ["제목", "내용", "작성자"]}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("민원 목록과 등록 팝업. 목록: 접수번호, 제목, 상태. 팝업: 제목, 내용, 연락처",
         {"civil_petition": ["접수번호", "제목", "상태", "내용", "연락처"]}),
        ("사원 화면. 목록: 사번, 성명 / 상세: 사번, 성명, 주소", {"employee": ["사번", "성명", "주소"]}),
        ("주문 목록: 주문번호, 주문일 / 주문 상세: 품목코드, 수량",
         {"order": ["주문번호", "주문일"], "order_item": ["품목코드", "수량"]}),
        ("Ticket list with an entry popup. List: ticket no, title. Popup: title, requester, due date",
         {"support_ticket": ["Ticket no", "Title", "Requester", "Due date"]}),
    ],
)  # fmt: skip
async def test_a_list_and_the_form_of_its_rows_are_of_one_thing(
    lexicon: Lexicon, prompt: str, expected: dict[str, list[str]]
) -> None:
    assert stated(await understand(lexicon, prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "upper", "lines"),
    [
        ("Order master grid with detail lines: item code, quantity, unit price", "order", "order_item"),
        ("발주 마스터 그리드에 디테일: 품번, 수량, 단가", "purchase_order", "purchase_order_item"),
    ],
)
async def test_details_alone_stand_below_their_master(lexicon: Lexicon, prompt: str, upper: str, lines: str) -> None:
    answer = await understand(lexicon, prompt)
    assert answer.pattern == "master_detail"
    assert {name: len(fields) for name, fields in stated(answer).items()} == {upper: 0, lines: 3}


@pytest.mark.parametrize(
    ("prompt", "codes"),
    [
        ("부서를 트리로 보여주고 노드 선택하면 우측에 부서정보 수정 폼", {"tree_not_made"}),
        ("dept tree on the left, employees on the right (emp no, name)", {"tree_not_made"}),
        ("월별 매출을 막대그래프와 목록으로 보여주는 화면", {"chart_not_made"}),
        ("Sales dashboard with a pie chart and a pivot of regions", {"chart_not_made", "pivot_not_made"}),
        ("환자 차트번호, 환자명, 진료일 목록", set()),
        ("엔트리 목록 화면", set()),
        ("chart of accounts list", set()),
    ],
)
async def test_what_is_asked_for_and_not_made_is_said(lexicon: Lexicon, prompt: str, codes: set[str]) -> None:
    answer = await understand(lexicon, prompt)
    assert {warning.code for warning in answer.warnings if warning.code.endswith("_not_made")} == codes


async def test_whose_rows_they_are_is_no_part_of_their_name(lexicon: Lexicon) -> None:
    answer = await understand(
        lexicon, "Courses (course_id, title) above, the chosen course's lessons (lesson_no, subject) below, in a grid"
    )
    assert list(stated(answer)) == ["course", "lesson"]
