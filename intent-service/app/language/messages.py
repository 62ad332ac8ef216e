"""Texts for people, in Korean and English."""

from .text import Language

_TEXTS: dict[str, tuple[str, str]] = {
    "ddl_unreadable": (
        "{line}행의 구문을 읽지 못해 건너뛰었습니다: {text}",
        "The statement at line {line} could not be read and was left out: {text}",
    ),
    "ddl_column_unreadable": (
        "{line}행의 컬럼 정의를 읽지 못해 건너뛰었습니다: {text}",
        "The column definition at line {line} could not be read and was left out: {text}",
    ),
    "attachment_unreadable": (
        "첨부 {source}을(를) 읽지 못했습니다: {text}",
        "The attachment {source} could not be read: {text}",
    ),
    "attachment_ignored": (
        "첨부 {source}에서 데이터 모델을 찾지 못했습니다.",
        "No data model was found in the attachment {source}.",
    ),
    "fields_dropped": ("{text}", "{text}"),
    "key_inferred": ("{entity}의 키로 {field}을(를) 정했습니다.", "{field} was taken as the key of {entity}."),
    "key_added": (
        "{entity}에 키가 없어 {field}을(를) 추가했습니다.",
        "{entity} states no key: {field} was added.",
    ),
    "action_not_made": (
        "{actions}: 화면이 기본으로 갖추는 동작이 아니므로 결과에 없을 수 있습니다. 필요하면 직접 더해 주세요.",
        "{actions}: no action that screens come with, so the result may lack it; add it by hand where it is needed.",
    ),
    "no_base": (
        "수정할 이전 결과가 없습니다. 먼저 화면을 만들거나 수정할 코드를 함께 보내 주세요.",
        "There is no earlier result to change. Make a screen first, or send the code to change.",
    ),
    "tree_not_made": (
        "트리는 만들지 않습니다. 그 자리에 목록(그리드)을 둡니다.",
        "Trees are not made: a grid stands in its place.",
    ),
    "chart_not_made": (
        "차트는 만들지 않습니다. 값은 목록으로 보여 줍니다.",
        "Charts are not made: the values are shown in a list.",
    ),
    "pivot_not_made": (
        "피벗 표는 만들지 않습니다. 값은 목록으로 보여 줍니다.",
        "Pivot tables are not made: the values are shown in a list.",
    ),
    "gantt_not_made": (
        "간트 차트는 만들지 않습니다. 일정은 목록으로 보여 줍니다.",
        "Gantt charts are not made: the dates are shown in a list.",
    ),
    "engine_unused": (
        "엔진이 제때 답하지 않아 규칙의 결과를 그대로 사용합니다.",
        "The engine gave no usable answer in time: the rules' result stands.",
    ),
}


def say(code: str, language: Language, **facts: object) -> str:
    """The text of a code in a language, with its facts filled in."""
    korean, english = _TEXTS[code]
    return (korean if language == "ko" else english).format(**facts)
