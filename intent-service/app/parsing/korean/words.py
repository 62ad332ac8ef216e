"""Korean words in a list: the stem, the ending that closes a list or joins its items, and what the word does."""

import re
from dataclasses import dataclass

from ...language.korean import is_verbal
from ...language.word_lists import FUNCTION_NOUNS, STOP_KOREAN, WORDS_WITH_PARTICLE_ENDING
from ...vocabulary.field_names import HEAD, TERM, UNKNOWN, FieldNames
from ...vocabulary.naming import HANGUL
from ..attributes import apply_attribute
from ..declared import DeclaredField

_BASE, _LAST, _RIEUL = 0xAC00, 0xD7A3, 8
_AFTER_CONSONANT, _AFTER_VOWEL, _ANY = 1, 2, 3
_ENDINGS: tuple[tuple[str, str, int], ...] = tuple(
    sorted(
        (
            (form, kind, after)
            for kind, after, forms in (
                ("conj", _AFTER_VOWEL, "와 랑"),
                ("conj", _AFTER_CONSONANT, "과 이랑"),
                ("conj", _ANY, "하고"),
                (
                    "close",
                    _AFTER_CONSONANT,
                    "을 이 은 으로 이고 이며 이에요 이예요 이야 이구요 이고요 이요 이랑은 이라 이라고 이어야",
                ),
                ("close", _AFTER_VOWEL, "를 가 는 로 고 며 예요 야 구요 고요 요 라고 여야"),
                (
                    "close",
                    _ANY,
                    "의 만 도 까지 에 인 입니다 임 정도 등 만을 들을 들이 이고 인데 만은 까지만 에는 에서 에서는 이에요 으로는 로는 이다 부터",
                ),
            )
            for form in forms.split()
        ),
        key=lambda item: -len(item[0]),
    )
)
_ACTIONS = (
    "입력|저장|관리|조회|검색|등록|수정|삭제|표시|출력|노출|포함|구성|작성|배치|확인|기록|선택|생성|개발|구현|추가|제공|사용|편집|정렬|나열|표현|정의|세팅|설정|전송|"
    "공유|제출|신청|접수|발급|변경|처리|집계|업로드|가능|필요|요청|부탁|요망|기입|전달|반영|적용|활용|이용|열람|진행|클릭|제작|구축|탑재|첨부|기재|체크|기억|보관"
)
_CONJUNCTIONS = frozenset({"와", "과", "랑", "이랑", "하고"})
_ACTION = re.compile(_ACTIONS)
_VERB = re.compile(
    r"^(?:나오|나와|나옵|나올|나온|넣|있[는고어으을게음습다던]|있$|없|보이|보여|보였|보면|볼$|볼\s|보고$|보고싶|보는|본다|봐|들어가|들어간|들어갈|들어있|두고|둔$|두면|둘게|뒀|놓[고은는을]|만들|만든|맹글|가진|가지[고는]|가져|갖|담[은는을긴아고]|뜨[고는]|뜬|뜰|열리|이루어|이뤄|띄"
    r"|달린|달려|달리[는고]|붙[은는어여이]|쓰는|쓸$|쓴$|쓸수|찍[고는은을히어]|뿌[려리]|적[는을어고]"
    r"|주세요|주시|주라|줘|줬|주면|주는|해줘|해주|하는|하게|하고|하며|하면|할$|한$|하도록|해서|해야|했|합니|해요|하여|하자|되[는고며면어게도]|된$|될$|됨|돼|됩|싶|원하|원합|받는$|받을|받아|받고|바랍|바라|같은|같습|같아|이렇게|이런|요런|요렇게|이걸|이거|이게|위한|대한|통해|뽑[아고은]"
    r"|채우|짜[줘주달고는서]|달라"
    rf"|(?:{_ACTIONS})(?:하|할|한$|한지|해|되|된|될|돼|받[는을아고]|합니|함$|시$|시에|용$|란$|가능|드립|드려|드리|바랍|부탁|$))"
)
_QUESTION = re.compile(
    r"^(?:뭐|뭔|뭘|무슨|무엇|왜$|어떻|어떤|어디|언제|누구|누가|몇|얼마|(?:차이|방법|이유|의미)(?:$|점|가|는|를|을|이|은))"
)
_NOUNS_IN_HAN = re.compile(r"(?:기|제|권|상|하|시|무|유|최대|최소)한$")
_CONNECTIVE = re.compile(r"(?:고|며|면|는데|은데|인데|서|니까|지만|도록|게|거든|때|건데|텐데)[,，]?$")
MARK = re.compile(
    r"^(?:(?:입력|조회|출력|표시|데이터|그리드|테이블|화면|필수|주요|관리|검색|등록|필요|다음|아래|해당|세부|기본|목록|폼|노출)*(?:컬럼|칼럼|필드|항목|속성)(?:들|값|짜리)?|입력값|데이터|열|정보|사항|것들)(?:은|는|이|가|을|를|으로|로|에|에는|인|의|만|이고|임)?$"
)
_COUNT = re.compile(
    r"^(?:총\s*)?(?:\d+|한|두|세|네|다섯|여섯|일곱|여덟|몇)\s*(?:개|가지|컬럼|항목|칸|줄|종)|^(?:세|네|두)개"
)
_FILLERS = frozenset(
    [
        "등",
        "등등",
        "등의",
        "등을",
        "이상",
        "및",
        "그리고",
        "순",
        "순서",
        "순서로",
        "순서대로",
        "순으로",
        "전부",
        "모두",
        "하나",
        "이하",
        "두",
        "세",
        "네",
        "한",
        "개",
        "개의",
        "가지",
        "가지의",
        "개만",
        "포함",
        "각각",
        "같이",
        "함께",
        "있음",
        "또",
        "만",
        "좀",
        "로",
        "으로",
        "을",
        "를",
        "이",
        "가",
        "은",
        "는",
        "이고",
        "이며",
        "위주로",
        "기준",
    ]
)
_HEADS = frozenset(
    [
        "번호",
        "코드",
        "명",
        "명칭",
        "일자",
        "일시",
        "일",
        "날짜",
        "여부",
        "유무",
        "상태",
        "구분",
        "유형",
        "종류",
        "금액",
        "수량",
        "내용",
        "이름",
        "시간",
        "시각",
        "주소",
        "사유",
        "목적",
        "결과",
        "비고",
        "등급",
        "아이디",
        "ID",
        "연락처",
        "전화번호",
        "기간",
        "부서",
        "담당자",
    ]
)
"""Words that end a name as often as they are one."""
_BRACKET = re.compile(r"^(?P<head>[^(（\[{]+)(?P<group>[(（\[{].*[)）\]}])(?P<tail>[^)）\]}]*)$", re.DOTALL)
_NAME = re.compile(r"^[\w가-힣][\w가-힣./%&+ -]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """`ending` is `conj`, `close` or empty; `group` is a bracket behind the stem."""

    raw: str
    stem: str
    ending: str
    group: str = ""

    @property
    def bare(self) -> bool:
        return not self.ending


class WordReader:
    """Reads words with a vocabulary at hand; what is in it is never cut."""

    def __init__(self, names: FieldNames) -> None:
        self.names = names

    def read_all(self, texts: list[str], *, separated: bool) -> list[Word]:
        """The words of a chunk; the last one in front of a separator loses an ending only where a known name is left."""
        words = [self.read(text) for text in texts]
        if separated and words and words[-1].ending == "close" and self.names.strength(words[-1].stem) < HEAD:
            last = words[-1]
            words[-1] = Word(last.raw, last.raw if not last.group else last.stem, "", last.group)
        return words

    def is_one(self, first: str, following: str) -> bool:
        """`접수 번호`, `고객 명`: two words that are one name together."""
        second = self.read(following).stem
        if not HANGUL.search(first) or not HANGUL.search(second) or " " in first or not self.read(first).bare:
            return False
        behind = second in _HEADS
        if self.is_action(first):
            return self.names.strength(second) >= HEAD and (behind or self.names.strength(first + second) == TERM)
        return behind and self.names.strength(first + second) == TERM and not self.ends_list(first)

    def read(self, raw: str) -> Word:
        match = _BRACKET.match(raw)
        if match is None:
            stem, ending = self.split(raw)
            return Word(raw, stem, ending)
        ending = "conj" if match["tail"] in _CONJUNCTIONS else "close" if match["tail"] else ""
        return Word(raw, match["head"], ending, match["group"])

    def split(self, word: str) -> tuple[str, str]:
        """The stem and what its ending does; a known name stays whole."""
        if self.names.strength(word) == TERM or word in WORDS_WITH_PARTICLE_ENDING or self.names.is_subject(word):
            return word, ""
        for form, kind, after in _ENDINGS:
            stem = word[: -len(form)]
            if not word.endswith(form) or not stem or not _agrees(stem[-1], form, after):
                continue
            if self._may_be_cut(word, stem, form):
                return stem, kind
        return word, ""

    def _may_be_cut(self, word: str, stem: str, form: str) -> bool:
        known = self.names.strength(stem)
        if known == UNKNOWN and len(form) == 1 and self.names.ends_in_word(word):
            return False
        if known == UNKNOWN and not self.names.is_subject(stem):
            if apply_attribute(DeclaredField(""), stem):
                return True
            return len(stem) >= 2 and not (len(form) == 1 and form in "고며야요인도만의에이가로" and len(stem) < 3)
        return known >= self.names.strength(word) or len(form) > 1

    def is_function(self, word: str) -> bool:
        """What a screen is or does: 화면, 목록, 조회, 등록폼."""
        stem, _ = self.split(word)
        return (
            stem in FUNCTION_NOUNS
            or word in FUNCTION_NOUNS
            or bool(
                re.search(
                    r"(?:화면|페이지|팝업|폼|게시판|그리드|버튼|프로그램|메뉴얼)(?:을|를|은|는|이|가|으로|에|에는|에서|도|의|인데|이요|요|임|좀|좀요)?$",
                    word,
                )
            )
        )

    def is_verb(self, word: str) -> bool:
        if self.names.strength(word) == TERM:
            return False
        if _VERB.match(word):
            return True
        if not is_verbal(word) or self.names.strength(word) > UNKNOWN or _NOUNS_IN_HAN.search(word):
            return False
        stem, ending = self.split(word)
        return not ending or self.names.strength(stem) < HEAD

    def is_connective(self, word: str) -> bool:
        return self.is_verb(word) and _CONNECTIVE.search(word) is not None

    def is_filler(self, word: str) -> bool:
        stem = word.rstrip(",.!~")
        return (
            stem in _FILLERS
            or _QUESTION.match(stem) is not None
            or (stem in STOP_KOREAN and self.names.strength(stem) < TERM)
            or _COUNT.match(stem) is not None
            or MARK.match(self.split(stem)[0]) is not None
        )

    def is_action(self, word: str) -> bool:
        """접수, 처리: what is done, which may be the first half of a name."""
        return _ACTION.fullmatch(word) is not None

    def ends_list(self, word: str) -> bool:
        """Whether this word can't be part of a field's name, but of what stands around the list."""
        return self.is_filler(word) or self.is_verb(word) or self.is_function(word)


def _agrees(last: str, form: str, after: int) -> bool:
    """은 stands behind a consonant, 는 behind a vowel; 로 behind ㄹ too. Latin letters and brackets take both."""
    code = ord(last)
    if not _BASE <= code <= _LAST or after == _ANY:
        return True
    final = (code - _BASE) % 28
    if form in {"로", "로는"}:
        return final in {0, _RIEUL}
    if form in {"으로", "으로는"}:
        return final not in {0, _RIEUL}
    return (final != 0) == (after == _AFTER_CONSONANT)


def is_name_word(text: str) -> bool:
    return _NAME.match(text) is not None and not text.isdigit()
