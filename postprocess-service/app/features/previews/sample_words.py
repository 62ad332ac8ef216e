"""What sample rows are made of: values by what a column is called, in Korean and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """Columns whose label or name has one of the words take the values; Korean words are parts, English ones whole."""

    words: tuple[str, ...]
    korean: tuple[str, ...]
    english: tuple[str, ...]


EMAIL = Kind(
    ("이메일", "메일", "email", "mail"),
    ("minjun.kim@example.com", "seoyeon.lee@example.com", "doyun.park@example.com", "jiwoo.choi@example.com"),
    ("emma.hall@example.com", "liam.reed@example.com", "olivia.shaw@example.com", "noah.bell@example.com"),
)
PHONE = Kind(
    ("전화", "연락처", "휴대폰", "핸드폰", "팩스", "phone", "mobile", "tel", "telno", "fax", "contact"),
    ("010-2345-6789", "010-3456-7890", "02-555-0142", "031-555-0178"),
    ("555-0142", "555-0178", "555-0113", "555-0196"),
)
ADDRESS = Kind(
    ("주소", "소재지", "address", "addr"),
    ("서울시 중구 세종대로 110", "부산시 해운대구 센텀로 20", "대전시 유성구 대학로 99", "경기도 성남시 판교로 235"),
    ("110 Main Street", "20 Harbor Road", "99 College Avenue", "235 Park Lane"),
)
DEPARTMENT = Kind(
    ("부서", "소속", "팀", "department", "dept", "team", "division"),
    ("영업팀", "개발팀", "인사팀", "재무팀", "구매팀"),
    ("Sales", "Engineering", "People", "Finance", "Purchasing"),
)
POSITION = Kind(
    ("직급", "직위", "직책", "position", "rank", "grade"),
    ("과장", "대리", "사원", "차장", "부장"),
    ("Manager", "Associate", "Analyst", "Senior manager", "Director"),
)
COMPANY = Kind(
    ("거래처", "회사", "업체", "공급", "제조사", "고객사", "company", "vendor", "supplier", "maker", "manufacturer"),
    ("한빛상사", "미래산업", "대성물산", "푸른유통", "새롬테크"),
    ("Northwind", "Acme Supply", "Blue River", "Summit Trade", "Harbor Tech"),
)
PRODUCT = Kind(
    ("상품", "제품", "품목", "품명", "자재", "자산", "비품", "product", "item", "goods", "material", "asset"),
    ("무선 키보드", "27형 모니터", "사무용 의자", "노트북 거치대", "USB-C 허브", "화이트보드"),
    ("Wireless keyboard", "27-inch monitor", "Office chair", "Laptop stand", "USB-C hub", "Whiteboard"),
)
NOTE = Kind(
    ("비고", "내용", "설명", "메모", "사유", "의견", "특이", "note", "notes", "remark", "remarks", "description",
     "comment", "memo", "content", "reason"),
    ("담당자 확인 후 진행합니다.", "다음 주 회의에서 검토", "고객 요청으로 일정 변경", "자료 보완 필요"),
    ("To be confirmed by the owner", "Review in next week's meeting", "Moved for the customer", "More data needed"),
)  # fmt: skip
TITLE = Kind(
    ("제목", "업무", "과제", "작업", "할일", "할 일", "프로젝트", "공지",
     "title", "subject", "task", "project", "issue", "work"),
    ("월간 실적 보고서 작성", "신규 고객 등록 검토", "시스템 정기 점검",
     "상반기 예산 계획", "교육 일정 조율", "계약서 갱신"),
    ("Monthly sales report", "Review new customers", "System maintenance",
     "Budget plan", "Training schedule", "Renew contract"),
)  # fmt: skip
PERSON = Kind(
    ("이름", "성명", "사원", "직원", "회원", "고객", "담당", "작성자", "등록자", "수정자", "신청", "승인",
     "사용자", "강사", "학생", "환자", "대표", "성함", "예금주", "수령",
     "person", "employee", "member", "customer", "user", "owner", "author",
     "manager", "assignee", "writer", "by", "name", "student", "patient"),
    ("김민준", "이서연", "박도윤", "최지우", "정하은", "강시우", "조수아", "윤지호"),
    ("Emma Hall", "Liam Reed", "Olivia Shaw", "Noah Bell", "Ava Cole", "Ethan Gray", "Mia Ross", "Lucas Webb"),
)  # fmt: skip
UNIT = Kind(("단위", "규격", "unit", "uom"), ("EA", "BOX", "SET", "KG"), ("EA", "BOX", "SET", "KG"))
PLACE = Kind(
    ("장소", "위치", "창고", "지역", "지점", "location", "place", "warehouse", "region", "branch"),
    ("서울 본사", "부산 지점", "대전 물류센터", "판교 연구소"),
    ("Head office", "North branch", "Central warehouse", "Research lab"),
)
FILE = Kind(("첨부", "파일", "file", "attachment"), ("보고서.xlsx", "계약서.pdf"), ("report.xlsx", "contract.pdf"))

ORDERED = (EMAIL, PHONE, ADDRESS, FILE, DEPARTMENT, POSITION, COMPANY, PRODUCT, UNIT, PLACE, NOTE)
"""Asked in this order; titles and persons after these, as their words are parts of many others."""
LAST = (PERSON, TITLE)

IDENTIFIERS = ("번호", "코드", "아이디", "사번", "id", "no", "code", "number", "num", "cd", "key")
AMOUNTS = (
    "금액",
    "단가",
    "가격",
    "급여",
    "연봉",
    "매출",
    "비용",
    "예산",
    "원가",
    "amount",
    "price",
    "cost",
    "salary",
    "total",
    "budget",
)
QUANTITIES = ("수량", "개수", "재고", "인원", "횟수", "건수", "quantity", "qty", "stock", "count")
SHARES = ("율", "률", "비율", "진척", "진행", "rate", "ratio", "percent", "progress")
ORDINALS = ("순서", "순번", "정렬", "order", "seq", "sort", "line")
