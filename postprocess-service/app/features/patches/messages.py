"""What is said of edits that can't be applied."""

CONFLICTS = frozenset({"stale_base", "file_exists"})
"""These are the state's fault, not the edit's."""
_TEXTS: dict[str, tuple[str, str]] = {
    "no_edits": ("적용할 수정이 없습니다.", "There are no edits."),
    "truncated": (
        "응답이 끝나기 전에 잘려서 적용하지 않았습니다.",
        "The answer was cut off before its end, so nothing of it was applied.",
    ),
    "unsafe_path": (
        "작업 폴더 안의 경로가 아닙니다 ({reason}).",
        "This is no path inside the workspace ({reason}).",
    ),
    "unknown_file": ("그런 파일이 없습니다. 있는 파일: {known}.", "There is no such file; there are: {known}."),
    "file_exists": ("파일이 이미 있습니다.", "The file is there already."),
    "stale_base": (
        "파일이 그 사이에 바뀌었습니다 (sha256이 다릅니다).",
        "The file has changed in the meantime (its sha256 is another one).",
    ),
    "empty_search": ("찾을 내용이 비어 있습니다.", "The text to search for is empty."),
    "search_too_short": (
        "찾을 내용이 너무 짧아 자리를 정할 수 없습니다.",
        "The text to search for is too short to say a place.",
    ),
    "no_change": ("찾을 내용과 바꿀 내용이 같습니다.", "The edit changes nothing."),
    "not_found": ("찾을 내용이 파일에 없습니다.", "The text to search for is not in the file."),
    "ambiguous": (
        "찾을 내용이 {count}곳에 있어 어디를 바꿀지 알 수 없습니다.",
        "The text to search for stands in {count} places; it is not clear which one is meant.",
    ),
    "differs": (
        "바꾸려는 줄이 파일의 줄과 다릅니다. 파일의 지금 내용으로 다시 작성해야 합니다.",
        "The lines to change are not those of the file; the edit must be written from what the file says now.",
    ),
    "indentation_unclear": (
        "찾을 내용의 들여쓰기가 파일과 달라 새 줄의 들여쓰기를 정할 수 없습니다.",
        "The indentation is not the file's, and it is not clear how new lines are to be indented.",
    ),
    "overlap": ("다른 수정과 같은 줄을 바꿉니다.", "It changes lines that another edit changes too."),
    "mixed_edits": (
        "한 파일에는 한 종류의 수정만 쓸 수 있습니다.",
        "A file takes edits of one kind only.",
    ),
    "elided": (
        "파일의 일부를 생략한 표시가 있습니다: {text}",
        "A part of the file was left out, with a mark in its place: {text}",
    ),
    "drops_too_much": (
        "파일 내용의 {percent}%만 남습니다. 큰 삭제는 바꿀 부분만 적은 수정으로 해야 합니다.",
        "Only {percent} % of the file would stay; large removals take edits that name what goes.",
    ),
    "bad_range": ("줄 범위가 파일에 없습니다.", "The file has no such range of lines."),
    "does_not_parse": (
        "적용하면 {language} 구문 오류가 생깁니다: {detail}",
        "The result is not valid {language}: {detail}",
    ),
    "too_deep": ("괄호가 너무 깊게 중첩되어 검사할 수 없습니다.", "Brackets are nested too deeply to be checked."),
    "too_large": ("너무 커서 처리할 수 없습니다.", "It is too large."),
    "not_encodable": (
        "파일의 인코딩({encoding})으로 쓸 수 없는 글자가 있습니다.",
        "It has characters that the file's encoding ({encoding}) can't write.",
    ),
    "unknown_component": ("컴포넌트 '{name}'이(가) 없습니다.", "There is no component '{name}'."),
    "ambiguous_component": (
        "이름이나 id가 '{name}'인 요소가 {count}개입니다.",
        "{count} elements have the name or id '{name}'.",
    ),
    "unknown_attribute": (
        "<{element}>에는 속성 '{name}'이(가) 없습니다.",
        "<{element}> has no attribute '{name}'.",
    ),
    "has_content": (
        "안에 다른 요소가 있는 컴포넌트 '{name}'은(는) 이렇게 지울 수 없습니다.",
        "The component '{name}' has others in it and can't be removed like this.",
    ),
    "not_markup": ("XML 화면 파일이 아닙니다.", "This is no XML file that can be read."),
    "bad_value": ("값에 쓸 수 없는 글자가 있습니다.", "The value has characters that are not allowed."),
}


def message(code: str, spoken: str, /, **names: object) -> str:
    korean, english = _TEXTS[code]
    return (korean if spoken == "ko" else english).format(**names)
