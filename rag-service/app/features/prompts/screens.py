"""A whole screen as an example: its spec where a spec is asked for, its files where files are."""

from collections.abc import Mapping

from ...core.packs import ExampleScreen
from .fences import fenced

SECTION = "screen"
_HEAD: Mapping[str, str] = {
    "ko": "같은 유형의 완성된 화면 예입니다. 형식만 참고하고 내용은 요청에 맞게 작성하세요.",
    "en": "A complete screen of the same pattern. Take its form alone; the content comes from the request.",
}
_LANGUAGES = {"js": "javascript", "xml": "xml", "json": "json"}


def screen_example(screen: ExampleScreen | None, *, task: str, language: str) -> str | None:
    """The example's text; none where the pattern has no screen, or the task makes none."""
    if screen is None or task not in {"spec", "direct"}:
        return None
    if task == "spec":
        return f"{_HEAD[language]}\n{fenced(screen.spec, info='json')}"
    files = [fenced(text.rstrip(), info=f"{_language(name)} path={name}") for name, text in screen.files.items()]
    return "\n".join([_HEAD[language], *files])


def _language(name: str) -> str:
    ending = name.rpartition(".")[2]
    return _LANGUAGES.get(ending, ending)
