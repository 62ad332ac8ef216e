"""What a check finds, and what it says about it in the request's language."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]

_MESSAGES: dict[str, tuple[str, str]] = {
    "not_well_formed": ("문서를 읽을 수 없습니다: {detail}", "The document can't be read: {detail}"),
    "document_type": ("DOCTYPE은 쓸 수 없습니다.", "A DOCTYPE is not allowed."),
    "element_count": ("<{name}> 요소는 정확히 한 번 있어야 합니다.", "There must be exactly one <{name}>."),
    "unknown_element": ("<{name}>은(는) 알 수 없는 요소입니다.", "<{name}> is not an element of the framework."),
    "unknown_attribute": (
        "<{element}>에 알 수 없는 속성 '{name}'이(가) 있습니다.",
        "<{element}> has an unknown attribute '{name}'.",
    ),
    "unknown_event": ("<{element}>에는 이벤트 '{name}'이(가) 없습니다.", "<{element}> has no event '{name}'."),
    "bad_event": ("이벤트 '{name}'의 값이 올바르지 않습니다.", "The value of the event '{name}' is not right."),
    "missing_identifier": ("<{element}>에 '{name}'이(가) 없습니다.", "<{element}> has no '{name}'."),
    "duplicate_identifier": ("'{name}'이(가) 두 번 쓰였습니다.", "'{name}' is used twice."),
    "unknown_dataset": ("데이터셋 '{name}'이(가) 없습니다.", "There is no dataset '{name}'."),
    "unknown_column": ("'{dataset}'에 컬럼 '{name}'이(가) 없습니다.", "'{dataset}' has no column '{name}'."),
    "bad_list": ("'{name}' 목록의 형식이 올바르지 않습니다.", "The list '{name}' is not in the right form."),
    "unused_transaction": ("트랜잭션 '{name}'을(를) 부르는 곳이 없습니다.", "Nothing calls the transaction '{name}'."),
    "missing_handler": ("이벤트 함수 '{name}'이(가) 스크립트에 없습니다.", "The script has no handler '{name}'."),
    "unlinked_handler": (
        "이벤트 함수 '{name}'이(가) 화면에 연결되지 않았습니다.",
        "No component names the handler '{name}'.",
    ),
    "script_syntax": ("스크립트 구문 오류입니다.", "The script has a syntax error."),
    "unknown_method": ("{type}에는 메서드 '{name}'이(가) 없습니다.", "A {type} has no method '{name}'."),
    "unknown_function": ("함수 '{name}'이(가) 없습니다.", "There is no function '{name}'."),
    "unknown_name": ("'{name}'은(는) 이 화면에 없습니다.", "There is no '{name}' on this screen."),
    "unknown_transaction": ("트랜잭션 '{name}'이(가) 없습니다.", "There is no transaction '{name}'."),
    "sql_syntax": ("SQL 구문 오류입니다: {detail}", "The SQL has a syntax error: {detail}"),
    "java_syntax": ("Java 구문 오류입니다.", "The Java has a syntax error."),
    "typescript_syntax": ("TypeScript 구문 오류입니다.", "The TypeScript has a syntax error."),
    "too_large": ("파일이 너무 커서 검사하지 않았습니다.", "The file is too large to be checked."),
    "unchecked_language": ("'{name}' 파일은 검사하지 않았습니다.", "A file in '{name}' is not checked."),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in one file. `line` counts from 1."""

    severity: Severity
    rule: str
    message: str
    line: int | None = None


def finding(
    rule: str, language: str, *, line: int | None = None, severity: Severity = "error", **names: str
) -> Diagnostic:
    korean, english = _MESSAGES[rule]
    return Diagnostic(severity, rule, (korean if language == "ko" else english).format(**names), line)
