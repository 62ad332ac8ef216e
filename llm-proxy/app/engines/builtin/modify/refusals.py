"""What is said where an instruction can't be followed by rule."""

from ..request_block import Language

_REASONS: dict[str, tuple[str, str]] = {
    "clause": ("'{}' 부분을 이해하지 못했습니다.", "The part '{}' is not clear."),
    "no_column": ("'{}' 항목이 화면에 없습니다.", "The screen has no field '{}'."),
    "no_button": ("'{}' 버튼을 찾을 수 없습니다.", "There is no button '{}'."),
    "no_condition": ("'{}' 조회조건이 없습니다.", "There is no search condition '{}'."),
    "no_conditions": ("화면에 조회조건 영역이 없습니다. ('{}')", "The screen has no search conditions ('{}')."),
    "no_grid": ("화면에 그리드가 없습니다. ('{}')", "The screen has no grid ('{}')."),
    "grid_read_only": (
        "'{}' 그리드가 읽기 전용이라 행을 추가할 수 없습니다. 먼저 그리드를 편집 가능하게 바꿔 주세요.",
        "Rows can't be added to '{}', which is read-only: make the grid editable first.",
    ),
    "not_shown": ("'{}' 항목이 그곳에 표시되어 있지 않습니다.", "The field '{}' is not shown there."),
    "is_key": ("'{}' 항목은 키라서 뺄 수 없습니다.", "The field '{}' is a key and can't be removed."),
    "no_length": ("'{}' 항목에는 길이가 없습니다.", "The field '{}' has no length."),
    "exists": ("'{}'은(는) 이미 있습니다.", "'{}' is there already."),
    "title_or_column": (
        "'{}': 화면 제목인지 '제목' 컬럼인지 분명하지 않습니다.",
        "'{}': it is not clear whether the screen's title or the column is meant.",
    ),
    "unchanged": ("'{}' 요청으로 바뀌는 것이 없습니다.", "The request '{}' changes nothing."),
    "would_break": ("이 변경을 하면 화면이 동작하지 않습니다: {}", "The screen would not work after this change: {}"),
    "broken_base": ("원래 화면 명세를 읽을 수 없습니다: {}", "The screen's earlier spec can't be read: {}"),
}
_KOREAN_ADVICE = (
    "그래서 아무것도 바꾸지 않았습니다. 컬럼 추가·삭제·이름·필수·길이·순서, 조회조건, 버튼, 화면 제목, 그리드 편집 "
    "여부를 한 가지씩 적어 주시거나, LLM 엔진을 설정한 뒤 다시 시도해 주세요."
)
_ENGLISH_ADVICE = (
    "So nothing was changed. Ask for one thing at a time (a field, its label, length or place, a search condition, "
    "a button, the title, whether the grid can be edited), or set an LLM engine and try again."
)


def refusal(code: str, text: str, language: Language) -> str:
    korean, english = _REASONS[code]
    reason, advice = (korean, _KOREAN_ADVICE) if language == "ko" else (english, _ENGLISH_ADVICE)
    return f"{reason.format(text)} {advice}"
