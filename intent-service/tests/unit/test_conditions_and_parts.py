"""What a prompt says to search by, and which part of a screen its fields are of."""

import pytest
from app.features.intents.schemas import IntentRequest, IntentResponse
from app.features.intents.service import IntentService
from app.vocabulary.lexicon import Lexicon


async def understand(lexicon: Lexicon, prompt: str) -> IntentResponse:
    service = IntentService(lexicon=lambda: lexicon, known_frameworks=frozenset, default_framework="none", nouns=None)
    return await service.understand(IntentRequest(prompt=prompt))


async def test_search_conditions_that_are_asked_for_are_taken(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "고객 화면. 컬럼은 고객번호, 이름, 등급, 등록일. 조회조건은 등급, 등록일")
    assert answer.data_model is not None
    fields = answer.data_model.entities[0].fields
    assert {field.name: field.search for field in fields if field.search != "none"} == {
        "grade": "equal",
        "registration_date": "range",
    }


@pytest.mark.parametrize(
    ("prompt", "pattern", "conditions"),
    [
        ("설비 목록 화면, 조회 조건은 상태, 금액", "list", {"equipment_status": "equal", "amount": "range"}),
        ("설비 등록 팝업이 있는 목록 화면, 조회조건은 상태, 설치일", "list_popup",
         {"equipment_status": "equal", "installation_date": "range"}),
        ("주문 목록 화면. 조회조건: 주문일자, 상태", "list", {"order_date": "range", "order_status": "equal"}),
        ("사원 목록 화면. 조회조건은 부서, 기간", "list", {"department_name": "like", "hire_date": "range"}),
        ("Employee list screen, search by department and hire date", "list",
         {"department_name": "like", "hire_date": "range"}),
    ],
)  # fmt: skip
async def test_conditions_alone_state_no_columns(
    lexicon: Lexicon, prompt: str, pattern: str, conditions: dict[str, str]
) -> None:  # R1.2
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    assert answer.pattern == pattern
    [entity] = answer.data_model.entities
    assert len(entity.fields) > len(conditions) + 3, "what such a thing usually has is there as well"
    assert {field.name: field.search for field in entity.fields if field.search != "none"} == conditions


@pytest.mark.parametrize(
    ("prompt", "conditions"),
    [
        ("거래처코드, 거래처명, 대표자 컬럼이 있고 거래처명과 거래구분으로 조회하는 거래처 관리 화면",
         {"client_name": "like", "transaction_type": "equal"}),
        ("사원 목록: 사번, 이름, 직급. 검색조건은 부서, 입사일 기간",
         {"department_name": "like", "hire_date": "range"}),
        ("입찰공고명, 마감일시로 조회되고 공고번호, 공고명, 추정가격, 마감일시가 나오는 입찰 목록",
         {"posting_name": "like", "due_datetime": "range"}),
        ("수강생 조회. 이름이나 연락처로 찾을 수 있고 컬럼은 수강생번호 이름 연락처 수강과정 등록일",
         {"name": "like", "phone_number": "like"}),
        ("Employee list screen with search by department and hire date range; columns emp no, name, dept, salary",
         {"dept": "like", "hire_date": "range"}),
        ("Order list: order no, customer, total. Filter by status or order date",
         {"status": "equal", "order_date": "range"}),
        ("Show me a paged list of audit logs with user, action, timestamp; filter by user and date range",
         {"user": "like", "timestamp": "range"}),
        ("I need a popup to pick a customer by name or phone", {"customer_name": "like", "phone_number": "like"}),
    ],
)  # fmt: skip
async def test_conditions_beside_columns_are_there_too(
    lexicon: Lexicon, prompt: str, conditions: dict[str, str]
) -> None:  # R1.2
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    [entity] = answer.data_model.entities
    assert {field.name: field.search for field in entity.fields if field.search != "none"} == conditions


@pytest.mark.parametrize(
    ("prompt", "entities", "stated"),
    [
        ("위 그리드는 프로젝트, 아래 그리드는 투입인력(이름, 역할, 투입시작일)", ["project", "project_member"],
         ["이름", "역할", "투입시작일"]),
        ("위에는 거래처 목록, 아래에는 거래처 담당자(이름, 전화, 이메일) 그리드", ["client", "client_assignee"],
         ["이름", "전화", "이메일"]),
        ("마스터는 부서, 디테일은 사원(사번, 이름, 직급) 화면", ["department", "employee"], ["사번", "이름", "직급"]),
        ("주문 마스터 디테일. 상세는 품목코드, 품목명, 수량", ["order", "order_item"], ["품목코드", "품목명", "수량"]),
    ],
)  # fmt: skip
async def test_fields_of_the_lower_part_alone_leave_the_upper_one_what_it_usually_has(
    lexicon: Lexicon, prompt: str, entities: list[str], stated: list[str]
) -> None:  # R1.2
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    assert answer.pattern == "master_detail"
    upper, lower = answer.data_model.entities
    assert [upper.name, lower.name] == entities
    assert len(upper.fields) > 3
    assert [field.label for field in lower.fields if field.origin == "stated"] == stated
    [relation] = answer.data_model.relations
    assert (relation.parent, relation.child) == (upper.name, lower.name)


async def test_fields_behind_the_patterns_name_are_the_upper_parts(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "주문 마스터 디테일 화면: 주문번호, 주문일, 고객명")
    assert answer.data_model is not None
    upper, lower = answer.data_model.entities
    assert [field.label for field in upper.fields] == ["주문번호", "주문일", "고객명"]
    assert lower.name == "order_item"


@pytest.mark.parametrize(
    ("prompt", "conditions"),
    [
        ("자재 조회 화면. 조회조건은 자재그룹, 플랜트", ["자재그룹", "플랜트"]),
        ("조회조건: 설비그룹, 정비예정월\n그리드: 설비코드, 설비명, 담당자", ["설비그룹", "정비예정월"]),
        ("지점이랑 설계사명으로 찾고 신계약건수, 수수료, 유지율 보여주는 실적 화면", ["지점", "설계사명"]),
        ("공장, 라인 조건으로 조회, 목록: 작업일자 | 품번 | 수량", ["공장", "라인"]),
        ("stock list. search by plant and material group; columns: item code, item name, qty",
         ["Plant", "Material group"]),
        ("shipment list with depot and carrier as filters, showing shipment no, carrier, ship date",
         ["Depot", "Carrier"]),
        ("사원 list 화면 with search by 부서 and 이름. columns: empNo, empName, deptName", ["부서", "사원명"]),
    ],
)  # fmt: skip
async def test_listed_conditions_are_kept_whether_they_are_known_or_not(
    lexicon: Lexicon, prompt: str, conditions: list[str]
) -> None:  # R1.2
    answer = await understand(lexicon, prompt)
    assert answer.data_model is not None
    searched = [field.label for field in answer.data_model.entities[0].fields if field.search != "none"]
    assert sorted(searched) == sorted(conditions)


async def test_conditions_beside_columns_are_searched_by_alone(lexicon: Lexicon) -> None:
    answer = await understand(lexicon, "조회조건: 기준월, 상태\n컬럼: 요청번호, 제목, 상태\n요청 목록 화면")
    assert answer.data_model is not None
    fields = answer.data_model.entities[0].fields
    assert [(field.label, field.search != "none", field.shown) for field in fields] == [
        ("요청번호", False, True),
        ("제목", False, True),
        ("상태", True, True),
        ("기준월", True, False),
    ]
    alone = await understand(lexicon, "자재 조회 화면. 조회조건은 자재그룹, 플랜트")
    assert alone.data_model is not None
    assert all(field.shown for field in alone.data_model.entities[0].fields), "nothing says that they are not"


async def test_a_period_to_search_by_is_two_dates(lexicon: Lexicon) -> None:
    answer = await understand(
        lexicon, "조회조건에 계약상태, 계약기간 넣고 목록에는 계약번호, 계약명, 계약금액 표시해줘"
    )
    assert answer.data_model is not None
    [entity] = answer.data_model.entities
    assert entity.name == "contract", "no verb is what a screen is about"
    assert {field.label: (field.type, field.search) for field in entity.fields if field.search != "none"} == {
        "계약상태": ("code", "equal"),
        "계약기간": ("date", "range"),
    }
