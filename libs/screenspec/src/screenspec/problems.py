"""What can be wrong with a spec's names, said in the screen's language."""

from dataclasses import dataclass

from .spec import Language

_MESSAGES: dict[str, tuple[str, str]] = {
    "unknown_dataset": ("데이터셋 '{name}'이(가) 없습니다.", "There is no dataset '{name}'."),
    "unknown_column": (
        "데이터셋 '{dataset}'에 컬럼 '{name}'이(가) 없습니다.",
        "The dataset '{dataset}' has no column '{name}'.",
    ),
    "unknown_transaction": ("트랜잭션 '{name}'이(가) 없습니다.", "There is no transaction '{name}'."),
    "unknown_region": ("영역 '{name}'이(가) 없습니다.", "There is no region '{name}'."),
    "unknown_action": ("동작 '{name}'이(가) 없습니다.", "There is no action '{name}'."),
    "unknown_popup": ("팝업 '{name}'이(가) 없습니다.", "There is no popup '{name}'."),
    "unknown_code_group": (
        "코드 그룹 '{name}'을(를) 위한 코드 데이터셋이 없습니다.",
        "No code dataset serves the code group '{name}'.",
    ),
    "duplicate_id": ("'{name}'이(가) 두 번 쓰였습니다.", "'{name}' is used twice."),
    "duplicate_column": ("컬럼 '{name}'이(가) 두 번 쓰였습니다.", "The column '{name}' stands twice."),
    "dataset_twice": (
        "데이터셋 '{name}'이(가) 한 트랜잭션에 두 번 있습니다.",
        "The dataset '{name}' stands twice in one transaction.",
    ),
    "code_in_transaction": (
        "코드 데이터셋 '{name}'은(는) 주고받을 수 없습니다.",
        "The code dataset '{name}' can't be sent or received.",
    ),
    "missing_member": ("'{operation}' 동작에는 '{name}'이(가) 필요합니다.", "'{operation}' needs '{name}'."),
    "no_columns": ("데이터셋 '{name}'에 컬럼이 없습니다.", "The dataset '{name}' has no columns."),
    "nothing_shown": ("영역 '{name}'에 보여 줄 항목이 없습니다.", "The region '{name}' shows nothing."),
    "no_region": ("화면에 보여 줄 영역이 없습니다.", "The screen has no region to show."),
    "wrong_region": (
        "'{operation}' 동작은 영역 '{name}'에 쓸 수 없습니다.",
        "'{operation}' does not fit the region '{name}'.",
    ),
    "no_label": ("버튼 '{name}'에 표시할 이름이 없습니다.", "The button '{name}' has no label."),
}


@dataclass(frozen=True, slots=True)
class SpecProblem:
    """One problem. `path` is dotted, as in `regions.0.fields.2`; `code` is for programs, `message` for people."""

    path: str
    code: str
    message: str


def problem(code: str, path: str, language: Language, **names: str) -> SpecProblem:
    korean, english = _MESSAGES[code]
    return SpecProblem(path, code, (korean if language == "ko" else english).format(**names))
