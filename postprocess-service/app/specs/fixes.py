"""Named mends, and what they say."""

from dataclasses import dataclass

_MESSAGES: dict[str, tuple[str, str]] = {
    "unknown_member": (
        "알 수 없는 항목 '{path}'을(를) 뺐습니다.",
        "Left out '{path}', which the format does not know.",
    ),
    "name_form": ("이름 '{old}'을(를) '{new}'(으)로 바꿨습니다.", "Renamed '{old}' to '{new}'."),
    "type_name": ("형식 '{old}'을(를) '{new}'(으)로 바꿨습니다.", "Read the type '{old}' as '{new}'."),
    "default_label": ("'{path}'에 이름표 '{new}'을(를) 붙였습니다.", "Gave '{path}' the label '{new}'."),
    "list_form": ("'{path}'을(를) 목록으로 바꿨습니다.", "Made '{path}' a list."),
    "value_form": ("'{path}'의 값을 고쳤습니다.", "Mended the value of '{path}'."),
    "code_dataset_added": ("코드 데이터셋 '{name}'을(를) 추가했습니다.", "Added the code dataset '{name}'."),
    "code_group_dropped": (
        "코드 그룹 '{name}'을(를) 일반 입력으로 바꿨습니다.",
        "Made the column of code group '{name}' a plain one.",
    ),
    "unknown_reference": (
        "없는 이름 '{old}'을(를) '{new}'(으)로 바꿨습니다.",
        "Replaced the unknown name '{old}' by '{new}'.",
    ),
    "reference_dropped": ("없는 이름 '{old}'을(를) 뺐습니다.", "Left out the unknown name '{old}'."),
    "part_dropped": ("쓸 수 없는 부분 '{old}'을(를) 뺐습니다.", "Left out '{old}', which can't work."),
    "duplicate_dropped": ("중복된 '{old}'을(를) 뺐습니다.", "Left out the second '{old}'."),
    "columns_filled": ("'{name}'에 모든 컬럼을 보이게 했습니다.", "Let '{name}' show all columns."),
    "member_filled": ("'{path}'을(를) '{new}'(으)로 채웠습니다.", "Set '{path}' to '{new}'."),
}


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that was made. `rule` is for programs, `message` for people."""

    rule: str
    message: str
    line: int | None = None


def fix(rule: str, language: str, **names: str) -> Fix:
    korean, english = _MESSAGES[rule]
    return Fix(rule, (korean if language == "ko" else english).format(**names))
