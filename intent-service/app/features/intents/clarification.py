"""Questions of a fixed set, for requests too vague to serve; each has choices and a default."""

from ...language.text import Language
from ...vocabulary.lexicon import Lexicon
from ...vocabulary.naming import humanise
from .schemas import Choice, Question

_ENTITIES = ("task", "employee", "customer", "product", "order")
_PATTERNS = (
    ("multi_save", "그리드에서 수정하고 한 번에 저장", "Edit in a grid and save together"),
    ("list", "조회 목록", "List to search and read"),
    ("list_popup", "목록과 등록 팝업", "List with a popup to edit"),
    ("form", "한 건 입력", "Form for one record"),
)


def vague_questions(lexicon: Lexicon, language: Language, *, pattern: str, pattern_stated: bool) -> list[Question]:
    """What the screen is about, and, where that was not said, its form."""
    korean = language == "ko"
    questions = [
        Question(
            id="entity",
            text="무엇을 다루는 화면인가요?" if korean else "What is the screen about?",
            choices=[_entity_choice(lexicon, name, korean=korean) for name in _ENTITIES],
            default=_ENTITIES[0],
        )
    ]
    if not pattern_stated:
        questions.append(
            Question(
                id="pattern",
                text="어떤 형태의 화면이 필요한가요?" if korean else "Which form should the screen have?",
                choices=[Choice(value=value, label=ko if korean else en) for value, ko, en in _PATTERNS],
                default=pattern,
            )
        )
    return questions


def _entity_choice(lexicon: Lexicon, name: str, *, korean: bool) -> Choice:
    archetype = lexicon.archetype_by_name[name]
    return Choice(value=name, label=archetype.korean[0] if korean else humanise(archetype.words.split()))


def change_questions(language: Language) -> list[Question]:
    """For a change that doesn't say what to change."""
    korean = language == "ko"
    choices = (
        ("columns", "컬럼", "Columns"),
        ("conditions", "조회 조건", "Search conditions"),
        ("buttons", "버튼", "Buttons"),
        ("layout", "배치", "Layout"),
    )
    return [
        Question(
            id="change",
            text="무엇을 바꿀까요?" if korean else "What should be changed?",
            choices=[Choice(value=value, label=ko if korean else en) for value, ko, en in choices],
            default="columns",
        )
    ]


_REASONS: dict[str, tuple[str, str]] = {
    "make": ("화면을 만들어 달라는 요청입니다.", "A screen is asked for."),
    "model": ("데이터 모델이 주어졌으므로 화면을 만듭니다.", "A data model is given: a screen is made for it."),
    "change": ("이미 만든 화면을 바꾸는 요청입니다.", "A change to an earlier screen is asked for."),
    "how_to": ("화면 개발에 대한 질문입니다.", "This is a question about building screens."),
    "off_topic": (
        "업무 화면을 만드는 일과 관계없는 요청이라 처리할 수 없습니다.",
        "This has nothing to do with making business screens, so it can't be served.",
    ),
    "attack": (
        "시스템 지침을 묻거나 해로운 결과를 만드는 요청은 처리할 수 없습니다.",
        "Requests for the system's instructions or for harmful results can't be served.",
    ),
    "nonsense": ("요청의 뜻을 알 수 없습니다.", "The request could not be understood."),
    "vague": ("무엇에 대한 화면인지 말하지 않았습니다.", "It is not said what the screen is about."),
}
_ALTERNATIVES: dict[Language, list[str]] = {
    "ko": [
        "사원 목록 조회 화면 만들어줘",
        "그리드에서 체크된 행을 가져오는 방법은?",
        "CREATE TABLE 문을 붙여 넣고 화면을 요청하세요",
    ],
    "en": [
        "Create an employee list screen",
        "How do I read the checked rows of a grid?",
        "Paste a CREATE TABLE statement and ask for a screen",
    ],
}


def reason_of(why: str, language: Language) -> str:
    korean, english = _REASONS[why]
    return korean if language == "ko" else english


def alternatives(language: Language) -> list[str]:
    """What can be asked instead of something unsupported."""
    return list(_ALTERNATIVES[language])
