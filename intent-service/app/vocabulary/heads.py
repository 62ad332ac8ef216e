"""The domain behind a name's last word: 등록일자 and `reg_dt` are dates, 총금액 and `total_amt` amounts."""

import re

from .naming import HANGUL, split_identifier

_KOREAN = {
    "date": "일자 날짜 기일 생일 기한 납기",
    "datetime": "일시 타임스탬프",
    "time": "시간 시각",
    "month": "년월 연월",
    "year": "년도 연도",
    "amount": "금액 요금 비용 대금 총액 잔액 세액 예산 매출 급여 보수 수당 보증금 월세 시급 일급 주급 월급 연봉 등록금 경비 이용료 수수료 사용료 회비 원금 이자 한도 잔여한도 공시지가 감정가",
    "price": "단가 가격 원가 판매가 정가 시가 종가 고가 저가 최고가 최저가 낙찰가",
    "qty": "수량 재고량 재고 물량 사용량 생산량 출고량 입고량 판매량 용량 잔량 시수",
    "count": "건수 횟수 캐비티수 개수 인원 인원수 회수 매수 조회수 층수 회원수 타수 대수 부수 톤수 차수 일수 학생수",
    "rate": "율 률 비율 퍼센트 확률",
    "score": "평균 총점 점수 평점 별점 학점",
    "measure": "기온 체온 수온 전압 전류 무게 중량 길이 너비 폭 높이 두께 부피 면적 온도 습도 압력 거리 속도 농도 크기 키 몸무게 체중 신장 평수",
    "yn": "여부 유무",
    "code": "상태 구분 유형 종류 분류 등급 타입 방법 수단 방식 단계",
    "no": "번호",
    "codeid": "코드",
    "id": "아이디",
    "person": "자 담당자 이름 성명 작성자 대표 기사 강사 의사 교수",
    "name": "장비 설비 명 명칭 회사 업체 기관",
    "title": "제목",
    "text": "내용 본문 상세내용 소견",
    "long": "비고 메모 설명 사유 의견 특이사항 요청사항 목적",
    "address": "주소 소재지",
    "phone": "전화번호 연락처 휴대폰 핸드폰 휴대폰번호 전화 팩스",
    "email": "이메일 메일",
    "url": "링크 홈페이지 주소창",
    "path": "파일 첨부 사진 이미지 경로 첨부파일",
    "int": "순번 순서 나이 연령 레벨 포인트 층 학년",
    "password": "비밀번호 암호",
}
_ENGLISH = {
    "date": "on ending date dt day birthday ymd deadline",
    "datetime": "datetime dtm at timestamp dttm",
    "time": "time tm",
    "month": "month ym yyyymm",
    "year": "year yr yyyy",
    "amount": "amount amt cost fee salary budget balance tax total charge payment revenue rent deposit income expense wage premium",
    "price": "price prc rate_price fare",
    "qty": "variance quantity qty stock volume usage",
    "count": "pcs units months weeks servings days hours minutes count cnt people visitors copies pages attendees participants seats",
    "rate": "rate ratio percent percentage pct rt probability",
    "score": "score rating gpa",
    "measure": "reading weight length width height depth temperature humidity distance area size_value speed mileage",
    "yn": "yn flag",
    "code": "status type category kind grade class state level_code priority method",
    "no": "no number num",
    "codeid": "code cd",
    "id": "id",
    "person": "author writer manager owner assignee teacher doctor instructor driver",
    "name": "name nm company vendor",
    "title": "title subject",
    "text": "content contents body text cont",
    "long": "description desc remark remarks note notes memo comment comments reason",
    "address": "address addr",
    "phone": "phone tel telephone mobile fax",
    "email": "email mail",
    "url": "url link homepage website",
    "path": "file path photo image picture attachment",
    "int": "age level point points seq order floor sequence sort",
    "password": "password pwd passwd",
}
_BOOLEAN_START = frozenset({"is", "has", "can", "should", "allow", "enable", "enabled"})
_MEASURES = frozenset({"amount", "quantity", "qty", "price", "number", "days", "hours", "minutes", "total", "count"})
_BY_KOREAN = {word: domain for domain, words in _KOREAN.items() for word in words.split()}
_BY_ENGLISH = {word: domain for domain, words in _ENGLISH.items() for word in words.split()}
_LONGEST = max(map(len, _BY_KOREAN))
_DAY = re.compile(r"(?<!디테)(?<!스타)(?<!프로파)(?<!모바)(?<!타)(?<!파)(?<!메)(?<!과)(?<=[가-힣]{2})일$|^일$")
_QUANTITY = re.compile(r"(?<!^차)(?<!^역)(?<!^기)(?<=[가-힣])량$")
_NUMBER_OF = re.compile(r"(?:자|원|객|명|건|개|량|대|품|인|직|팀|점|장)수$")
_FEE = re.compile(
    r"[가-힣]{2,}(?:(?<![장설정준대예구낭소])비|(?<![완종의재자치진무유원음수만원연])료|(?<![현지방황])금|액)$"
)


def domain_of_head(name: str) -> str | None:
    """The id of the domain, None where the name's last word says nothing."""
    if HANGUL.search(name):
        return _korean(re.sub(r"\s", "", name))
    words = split_identifier(name)
    if not words:
        return None
    if words[0] in _BOOLEAN_START and len(words) > 1:
        return "bool"
    if words[0] == "last" and words[-1].endswith("ed"):
        return "date"  # last contacted
    for word in (words[-1], *(word for word in words[:-1] if word in _MEASURES)):  # `amount due`, `days overdue`
        found = _BY_ENGLISH.get(word) or _BY_ENGLISH.get(word.rstrip("s"))
        if found is not None:
            return found
    return None


def _korean(name: str) -> str | None:
    for size in range(min(_LONGEST, len(name)), 0, -1):
        found = _BY_KOREAN.get(name[-size:])
        if found is not None and (size > 1 or len(name) >= 2):
            return found
    if _DAY.search(name):
        return "date"
    if _NUMBER_OF.search(name):
        return "count"
    if _QUANTITY.search(name):
        return "qty"
    return "amount" if _FEE.search(name) else None
