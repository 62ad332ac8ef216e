"""Fields that prose states: without marks, beside conditions, with values and rules, in several clauses and parts."""

import pytest

from ..reading import read_sources


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("게시판 만들어줘 제목 내용 작성자 등록일", "제목 내용 작성자 등록일"),
        ("품목코드 품목명 규격 단위 단가 로 구성된 품목 화면", "품목코드 품목명 규격 단위 단가"),
        ("휴가 신청 - 신청번호 사번 휴가종류 시작일 종료일 사유", "신청번호 사번 휴가종류 시작일 종료일 사유"),
        ("재고현황: 품목코드, 품목명, 현재고, 단위를 표로", "품목코드 품목명 현재고 단위"),
        ("이름이랑 나이랑 주소 입력받는 화면", "이름 나이 주소"),
        ("담당자, 등록일, 체크인 화면", "담당자 등록일 체크인"),
        ("컬럼은 담당자, 사용 가능 여부, 비고인 화면", "담당자|사용 가능 여부|비고"),
        ("도서 대출 대출번호 회원번호 도서명 대출일 화면 생성", "대출번호 회원번호 도서명 대출일"),
        ("컬럼은 사번, 이름이고 입사일도 추가해줘. 사원 목록", "사번 이름 입사일"),
        ("제목과 내용이 있고 작성자와 작성일도 보여주는 게시판", "제목 내용 작성자 작성일"),
        ("메뉴명, URL, 순서. 이 세 가지로 메뉴 관리 화면.", "메뉴명 URL 순서"),
        ("컬럼으로는 접수번호, 하자부위, 접수일 있으면 됩니다. 하자 접수 목록", "접수번호 하자부위 접수일"),
        ("입력 항목은 이메일, 비밀번호, 비밀번호 확인, 별명. 가입 폼", "이메일|비밀번호|비밀번호 확인|별명"),
        ("컬럼은 병동, 병실, 담당의 순서로요. 입원 환자 현황", "병동 병실 담당의"),
        ("컬럼은 업체명 시작일 종료일 정도면 되고 위탁 계약 화면", "업체명 시작일 종료일"),
        ("FAQ 관리 화면 질문 답변 카테고리 사용여부", "질문 답변 카테고리 사용여부"),
        ("직원 연락처 조회 이름 부서 내선번호 휴대폰", "이름 부서 내선번호 휴대폰"),
        ("컬럼 구성: 승인일자, 가맹점명, 금액 / 법인카드 승인내역 조회", "승인일자 가맹점명 금액"),
        ("노선명 필수, 배차간격은 정수, 운행여부는 Y/N으로 버스 노선 화면", "노선명 배차간격 운행여부"),
        ("a. 계약번호\nb. 계약명\nc. 계약일\n전자계약 목록", "계약번호 계약명 계약일"),
        ("1) 과제명 2) 연구책임자 3) 시작일 과제 관리 화면", "과제명 연구책임자 시작일"),
        ("급여명세 조회. 보여줄 것은 지급월 기본급 공제액", "지급월 기본급 공제액"),
        ("환불 화면인데 컬럼은 상품명하고 환불사유하고 요청일이면 됩니다", "상품명 환불사유 요청일"),
        ("기숙사 입사 신청\n이름\n학번\n희망호실\n식사여부\n이렇게 받는 화면", "이름 학번 희망호실 식사여부"),
        ("customer lookup popup with code, name, region", "code name region"),
        ("return screen with return no, order no, item, reason", "return no|order no|item|reason"),
        ("Columns: coupon code PK varchar(20), valid from date", "coupon code|valid from date"),
        ("Need a recipe page w/ name, servings, instructions", "name servings instructions"),
        ("asset register pls. cols = asset_no (PK), model, serial_no", "asset_no model serial_no"),
        ("거래처 등록 수정 삭제 가능한 화면 만들어줘", ""),
        ("주문과 주문상세를 보여주는 화면", ""),
        ("그리드에서 체크된 행과 셀을 가져오는 방법은?", ""),
        ("id name email role 으로 회원 목록", "id name email role"),
        ("Inventory: item code, item name, quantity on hand", "item code|item name|quantity on hand"),
        ("Make a form with name and email, plus an optional phone number.", "name|email|phone number"),
        ("The title is required. The body is text. Ticket screen.", "title body"),
    ],
)
def test_lists_in_prose(prompt: str, expected: str) -> None:  # R1.2
    entities = read_sources(prompt).model.entities
    names = [field.name for field in entities[0].fields] if entities else []
    assert names == (expected.split("|") if "|" in expected else expected.split())


@pytest.mark.parametrize(
    ("prompt", "searched", "columns"),
    [
        ("조회조건은 부서, 이름이고 그리드에는 사번 이름 부서 나오게", "부서 이름", "사번 이름 부서"),
        ("검색은 이름이랑 부서로 하고, 목록엔 사번/이름/입사일 보여줘", "이름 부서", "사번 이름 입사일"),
        ("[조회조건]\n- 창고\n[그리드]\n- 품목코드\n- 수량\n재고 화면", "창고", "품목코드 수량"),
        ("그리드에는 접수번호, 접수일이 나오고 접수일로 검색할 수 있게 해줘", "접수일", "접수번호 접수일"),
        ("Search by name; the grid shows code, name and price", "name", "code name price"),
    ],
)
def test_conditions_are_told_from_columns(prompt: str, searched: str, columns: str) -> None:  # R1.2
    sources = read_sources(prompt)
    assert sources.searched == searched.split()
    assert [field.name for field in sources.model.entities[0].fields] == columns.split()


def test_values_of_codes() -> None:  # R1.2
    fields = read_sources("상태(대기, 진행, 완료)와 제목, 담당자를 가진 업무 화면").model.entities[0].fields
    assert [field.name for field in fields] == ["상태", "제목", "담당자"]
    assert [code for code, _ in fields[0].values] == ["대기", "진행", "완료"]
    one_of = read_sources("상태는 접수, 처리, 완료 중 하나이고 번호, 제목, 상태를 보여주는 목록").model.entities[0]
    assert [field.name for field in one_of.fields] == ["번호", "제목", "상태"] or one_of.fields[0].name == "상태"
    assert next(field for field in one_of.fields if field.name == "상태").type == "code"


def test_lengths_and_rules_in_words() -> None:  # R1.2
    fields = (
        read_sources("제목은 100자 필수, 내용은 4000자, 작성자는 20자인 공지사항 등록 화면").model.entities[0].fields
    )
    assert [(field.name, field.length, field.required) for field in fields] == [
        ("제목", 100, True),
        ("내용", 4000, False),
        ("작성자", 20, False),
    ]
    both = read_sources("이름과 연락처는 필수이고 주소와 메모는 선택인 폼").model.entities[0].fields
    assert [(field.name, field.required) for field in both] == [
        ("이름", True),
        ("연락처", True),
        ("주소", False),
        ("메모", False),
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "헤더: 발주번호, 발주일 / 상세: 품번, 수량",
        "마스터는 발주번호, 발주일이고 디테일은 품번, 수량인 화면",
        "상단 그리드\n- 발주번호\n- 발주일\n하단 그리드\n- 품번\n- 수량\n발주 화면",
        "발주번호, 발주일이 마스터고 품번, 수량이 디테일인 화면",
    ],
)
def test_the_upper_and_the_lower_part_of_a_screen(prompt: str) -> None:  # R1.2
    upper, lower = read_sources(prompt).model.entities
    assert [field.name for field in upper.fields] == ["발주번호", "발주일"]
    assert [field.name for field in lower.fields] == ["품번", "수량"]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("사번,이름,부서\nE1,홍길동,인사\nE2,김철수,총무\n이 데이터 화면", ["사번", "이름", "부서"]),
        ("EMP_NO    VARCHAR2(10)    PK    사번\nEMP_NM    VARCHAR2(50)        이름\n사원 화면", ["EMP_NO", "EMP_NM"]),
        ("emp_no=사번\nemp_nm=성명\n위 항목으로 목록", ["emp_no", "emp_nm"]),
        ("필수 입력\n- 회의실\n- 예약일\n선택 입력\n- 메모", ["회의실", "예약일", "메모"]),
        ("data class Member(\n    val memberId: String,\n    val joinDate: LocalDate\n)\n회원 목록", ["memberId", "joinDate"]),
        ("class E(Base):\n    emp_id = Column(Integer, primary_key=True)\n    name = Column(String(50))\n화면", ["emp_id", "name"]),
        ("@dataclass\nclass S:\n    sensor_id: str\n    value: float\n목록", ["sensor_id", "value"]),
        ("public class Item {\n public int ItemId { get; set; }\n public string Name { get; set; }\n}\n화면", ["ItemId", "Name"]),
        ('<resultMap id="m" type="E">\n<id property="a" column="EMP_NO"/>\n<result property="b" column="EMP_NM"/>\n</resultMap> 화면', ["EMP_NO", "EMP_NM"]),
        ('{"resultCode":"0","list":[{"empNo":"1","salary":3}]} 목록', ["empNo", "salary"]),
        ("SELECT * FROM (SELECT a.x, a.y FROM t a) 조회 화면", ["x", "y"]),
    ],
)  # fmt: skip
def test_what_people_paste(prompt: str, expected: list[str]) -> None:  # R1.2
    entities = [entity for entity in read_sources(prompt).model.entities if entity.fields]
    assert [field.name for field in entities[0].fields] == expected


def test_a_key_stated_outside_the_list_is_a_field() -> None:  # R1.2
    fields = read_sources("사원번호를 키로 하고 이름, 부서를 가지는 사원 관리").model.entities[0].fields
    assert [(field.name, field.key) for field in fields] == [("사원번호", True), ("이름", False), ("부서", False)]


def test_rules_in_words_behind_names() -> None:  # R1.2
    prompt = "상품 등록 폼: 상품코드 문자 10자리 기본키, 상품명 문자 50자 필수, 판매가 정수, 판매시작일 날짜"
    code, name, price, start = read_sources(prompt).model.entities[0].fields
    assert (code.name, code.type, code.length, code.key) == ("상품코드", "string", 10, True)
    assert (name.name, name.length, name.required) == ("상품명", 50, True)
    assert (price.name, price.type) == ("판매가", "integer")
    assert (start.name, start.type) == ("판매시작일", "date")


@pytest.mark.parametrize(
    ("prompt", "keys"),
    [
        ("급여 대장: 지급년월, 사번, 성명, 기본급. 키는 지급년월하고 사번입니다", "지급년월 사번"),
        ("기본키 : 품목코드, 창고코드. 컬럼은 품목코드, 창고코드, 현재고. 재고현황 조회", "품목코드 창고코드"),
        ("키는 연도와 부서코드이고 컬럼은 연도, 부서코드, 예산액. 예산 화면", "연도 부서코드"),
        ("복합키(학번, 과목코드)로 수강신청 화면: 학번, 과목코드, 학점", "학번 과목코드"),
        ("composite key of plant and material; fields: plant, material, unit", "plant material"),
        ("고객 정보: 고객번호 - 키, 고객명 - 필수, 연락처, 등급", "고객번호"),
        ("설비번호 varchar(20) 키, 설비명 varchar(100), 설치일 date 설비 화면", "설비번호"),
        ("모델로 화면 만들어줘\nproject:\n  id: {type: string, key: true}\n  budget: decimal\n", "id"),
    ],
)
def test_keys_that_are_stated_apart(prompt: str, keys: str) -> None:  # R1.2
    fields = read_sources(prompt).model.entities[0].fields
    assert [field.name for field in fields if field.key] == keys.split()
