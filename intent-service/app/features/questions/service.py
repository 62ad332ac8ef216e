"""Questions worth asking before a screen is made: a fixed set, fitted to what is known of the model."""

from ...language.text import Language, clean, detect_language
from .schemas import AskedChoice, AskedQuestion, QuestionsRequest, QuestionsResponse

_PATTERNS = (
    ("multi_save", "그리드에서 바로 수정", "Edit in the grid"),
    ("list", "조회만", "Read only"),
    ("list_popup", "팝업에서 등록·수정", "Add and edit in a popup"),
)
_YES_NO = (("yes", "예", "Yes"), ("no", "아니오", "No"))


class QuestionService:
    """Answers `POST /v1/questions`."""

    async def ask(self, request: QuestionsRequest) -> QuestionsResponse:
        language = request.language or detect_language(clean(request.prompt))
        return QuestionsResponse(questions=fixed_questions(request, language), source="fixed")


def fixed_questions(request: QuestionsRequest, language: Language) -> list[AskedQuestion]:
    """At most three: the form of the screen, its conditions, and how deletion works."""
    questions = [
        _question("pattern", ("화면에서 데이터를 어떻게 다루나요?", "How are the data handled?"), _PATTERNS, language)
    ]
    conditions = _condition_choices(request)
    if conditions:
        text = "어떤 조건으로 조회하나요?" if language == "ko" else "Which field is searched by?"
        questions.append(AskedQuestion(id="search", text=text, choices=conditions, default=conditions[0].value))
    questions.append(
        _question("excel", ("엑셀 내보내기가 필요한가요?", "Is an export to Excel needed?"), _YES_NO[::-1], language)
    )
    return questions


def _question(
    name: str, texts: tuple[str, str], choices: tuple[tuple[str, str, str], ...], language: Language
) -> AskedQuestion:
    korean = language == "ko"
    shown = [AskedChoice(value=value, label=ko if korean else en) for value, ko, en in choices]
    return AskedQuestion(id=name, text=texts[0] if korean else texts[1], choices=shown, default=shown[0].value)


def _condition_choices(request: QuestionsRequest) -> list[AskedChoice]:
    if request.data_model is None or not request.data_model.entities:
        return []
    fields = request.data_model.entities[0].fields
    searched = [field for field in fields if field.search != "none"] or fields
    return [AskedChoice(value=field.name, label=field.label) for field in searched[:4]]
