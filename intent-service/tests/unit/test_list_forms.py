"""Lists and types as people write them: marks, units, remarks, groups, types without commas."""

import pytest
from app.parsing.declared import DeclaredEntity, DeclaredField
from app.parsing.items import read_item
from app.parsing.type_names import TypeFacts, read_type

from ..reading import read_sources


def entity(text: str) -> DeclaredEntity:
    return read_sources(text).model.entities[0]


def named(text: str) -> str:
    return " ".join(field.name for field in entity(text).fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("varchar20", TypeFacts("string", 20)),
        ("varchar2", TypeFacts("string")),
        ("char5", TypeFacts("string", 5)),
        ("text(20)", TypeFacts("string", 20)),
        ("text(4000)", TypeFacts("text", 4000)),
        ("Long", TypeFacts("integer")),
        ("LONG", TypeFacts("text")),
    ],
)
def test_types_as_people_write_them(text: str, expected: TypeFacts) -> None:  # R1.2
    assert read_type(text) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("열량(kcal)", DeclaredField("열량", unit="measure")),
        ("계약기간(개월)", DeclaredField("계약기간", unit="count")),
        ("보증금(단위: 천원)", DeclaredField("보증금", unit="amount")),
        ("환율(소수4자리)", DeclaredField("환율", type="decimal", scale=4)),
        ("무게(소수점 3자리)", DeclaredField("무게", type="decimal", scale=3)),
        ("temperature (1 decimal)", DeclaredField("temperature", type="decimal", scale=1)),
        ("자재명 - readonly", DeclaredField("자재명")),
        ("부서(로그인 부서)", DeclaredField("부서")),
        ("결재자 - 팝업에서 선택", DeclaredField("결재자")),
        ("Technician - lookup from employee popup", DeclaredField("Technician")),
        ("희망일 - 달력", DeclaredField("희망일", type="date")),
        ("공개여부 체크박스", DeclaredField("공개여부", type="boolean")),
        ("vin PK varchar17", DeclaredField("vin", type="string", length=17, key=True, required=True)),
        ("DNT_NO 기부번호 VARCHAR2(15)", DeclaredField("DNT_NO", label="기부번호", type="string", length=15)),
        (
            "통화쌍(USD/KRW, EUR/KRW, USD/KRW)",
            DeclaredField("통화쌍", type="code", values=[("USD/KRW", "USD/KRW"), ("EUR/KRW", "EUR/KRW")]),
        ),
        ("상태(1/대기, 2/완료)", DeclaredField("상태", type="code", values=[("1", "대기"), ("2", "완료")])),
    ],
)
def test_what_is_said_beside_a_name(item: str, expected: DeclaredField) -> None:  # R1.2
    read = read_item(item)
    assert read is not None
    expected.values = expected.values or read.values
    assert read == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "차량번호-운행일-출발지-도착지-주행거리(km)-운전자 차량운행일지",
            "차량번호 운행일 출발지 도착지 주행거리 운전자",
        ),
        ("출장비 정산 - 출장번호 - 출장자 - 교통비 - 숙박비", "출장번호 출장자 교통비 숙박비"),
        ("컬럼 순서는 사번, 이름, 부서, 직급 사원 목록", "사번 이름 부서 직급"),
        ("사번ㅣ이름ㅣ부서ㅣ입사일 사원 목록", "사번 이름 부서 입사일"),
        (
            "자재코드 char(5) 자재명 varchar(50) 정렬순서 int 사용여부 char(1) 자재 화면",
            "자재코드 자재명 정렬순서 사용여부",
        ),
        ("상품 등록 화면 상품코드 varchar(10) not null 상품명 varchar(100) 단가 number(15)", "상품코드 상품명 단가"),
        ("emp_id int pk emp_name varchar(50) hired_on date employee list", "emp_id emp_name hired_on"),
        ("검체 접수 (바코드번호 / 채취일시 / 접수자 / 상태: 접수,검사중,보고완료)", "바코드번호 채취일시 접수자 상태"),
        ("도서 목록 (도서번호 / 도서명 / 대출상태: 가능, 대출중 / 반납일)", "도서번호 도서명 대출상태 반납일"),
        ("fields -> 제품ID/제품명/가격/판매여부 인데 상품 등록 팝업으로", "제품ID 제품명 가격 판매여부"),
        (
            "필드: orderId(Long), customerName(String, 50), totalPrice(BigDecimal) 주문조회",
            "orderId customerName totalPrice",
        ),
        ("columns: order_no(int), customer(varchar 20), total(decimal) order list", "order_no customer total"),
    ],
)
def test_marks_between_items(prompt: str, expected: str) -> None:  # R1.2
    assert named(prompt) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "1) 배차번호\n2) 차량\n   - 차량번호\n   - 차종\n3) 기사\n   - 기사명\n   - 연락처\n4) 상차지\n배차 등록 화면",
            "배차번호 차량번호 차종 기사명 연락처 상차지",
        ),
        ("- 조회조건\n  - 부서\n  - 이름\n- 그리드\n  - 사번\n  - 이름\n  - 부서\n사원 조회", "사번 이름 부서"),
        ("- 계약번호\n- 계약상태\n   - 작성중\n   - 체결\n- 계약금액\n계약 관리", "계약번호 계약상태 계약금액"),
        ("Patient intake form\n- Patient\n  - first name\n  - last name\n- Reason", "first name last name Reason"),
        (
            "테이블 정의서\n컬럼: DNT_NO 기부번호 VARCHAR2(15) PK\n      DNR_NM 기부자명 VARCHAR2(50) NOT NULL\n목록 화면",
            "DNT_NO DNR_NM",
        ),
    ],
)
def test_groups_of_lines(prompt: str, expected: str) -> None:  # R1.2
    assert named(prompt) == expected


def test_groups_whose_items_have_the_same_names_lend_them_theirs() -> None:  # R1.2
    fields = entity("택배 접수\n- 접수번호\n- 발송인\n  - 이름\n  - 주소\n- 수취인\n  - 이름\n  - 주소").fields
    assert [field.name for field in fields] == ["접수번호", "발송인 이름", "발송인 주소", "수취인 이름", "수취인 주소"]


def test_slashes_part_the_values_of_a_line() -> None:  # R1.2
    fields = entity("- 접수번호\n- 민원유형 : 일반 / 고충 / 제안\n- Result - Pass / Fail / Adjusted\n민원 화면").fields
    assert [[label for _, label in field.values] for field in fields] == [
        [],
        ["일반", "고충", "제안"],
        ["Pass", "Fail", "Adjusted"],
    ]
