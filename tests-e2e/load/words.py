"""Prompts, queries and messages by the thousand, no two of them alike: a cache must not make the figures.

`asked` is the other case: queries as a house full of people asks them, some again and again.
"""

from itertools import accumulate, product
from random import Random


def _listed(text: str) -> list[str]:
    return text.split(", ")


ENTITIES = _listed(
    "사원, 고객, 상품, 주문, 부서, 계약, 자산, 재고, 거래처, 공지사항, 회의실, 예산, 급여, 교육, 설비, 차량, "
    "프로젝트, 이슈, 배송, 반품, 견적, 발주, 입고, 출고, 휴가, 출장, 문서, 결재, 매출, 비용"
)
FIELDS = _listed("이름, 등록일, 상태, 금액, 수량, 담당자, 비고, 코드, 시작일, 종료일, 구분, 우선순위")
SCREENS = (
    "{entity} 목록 조회 화면 만들어줘. {first}, {second} 컬럼",
    "{entity} 관리 화면: {first}, {second} 입력하고 저장",
    "{entity} 등록 팝업이 있는 목록 화면, 조회 조건은 {first}, {second}",
    "{entity}를 그리드에서 바로 수정하고 한 번에 저장하는 화면 ({first}, {second})",
)
SUBJECTS = _listed(
    "그리드, 데이터셋, 팝업, 콤보, 날짜 입력, 트랜잭션, 탭, 체크박스, 엑셀, 버튼, "
    "조회 조건, 메시지, 트리, 달력, 파일 업로드, 코드 조회, 페이징, 정렬, 합계, 마스크"
)
ACTIONS = _listed(
    "추가하는 방법, 삭제, 수정하고 저장, 값 읽기, 이벤트 처리, 초기화, 필수 입력 검사, "
    "숨기기, 열기, 닫을 때 값 돌려주기, 바뀐 행만 보내기, 선택된 행, 색 바꾸기, 읽기 전용, "
    "포커스"
)
QUESTIONS = (
    "{subject}에서 {action} 어떻게 하나요?",
    "{subject} {action} 예제를 보여줘",
    "How do I use {subject} for {action}?",
)
ASKED = 20_000
"""So many different queries a house asks, the n-th most frequent one 1/n as often as the first (Zipf's law)."""


class Words:
    """The same seed gives the same order; `number` of each is never given twice before all were."""

    def __init__(self, seed: int = 1) -> None:
        chance = Random(seed)
        pairs = [(first, second) for first, second in product(FIELDS, FIELDS) if first != second]
        self._prompts = list(product(ENTITIES, SCREENS, pairs))
        self._queries = list(product(SUBJECTS, ACTIONS, ENTITIES, FIELDS))
        self._messages = list(product(SUBJECTS, ACTIONS, QUESTIONS))
        for texts in (self._prompts, self._queries, self._messages):
            chance.shuffle(texts)
        self._chance = chance
        self._shares = list(accumulate(1 / rank for rank in range(1, ASKED + 1)))

    def prompt(self, number: int) -> str:
        entity, screen, (first, second) = self._prompts[number % len(self._prompts)]
        return screen.format(entity=entity, first=first, second=second)

    def query(self, number: int) -> str:
        subject, action, entity, of = self._queries[number % len(self._queries)]
        return f"{entity} {of} {subject} {action}"

    def asked(self) -> str:
        """One of the first `ASKED` queries, drawn anew each time."""
        return self.query(self._chance.choices(range(ASKED), cum_weights=self._shares)[0])

    def message(self, number: int) -> str:
        subject, action, question = self._messages[number % len(self._messages)]
        return question.format(subject=subject, action=action)
