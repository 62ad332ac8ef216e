"""A whole screen as an example: its spec where a spec is asked for, its files where files are."""

from collections.abc import Mapping, Sequence

from ...core.packs import ExampleScreen
from .assembly import Part
from .fences import fenced

SECTION = "screen"
_HEAD: Mapping[str, str] = {
    "ko": "같은 유형의 완성된 화면 예입니다. 형식만 참고하고 내용은 요청에 맞게 작성하세요.",
    "en": "A complete screen of the same pattern. Take its form alone; the content comes from the request.",
}
_LANGUAGES = {"js": "javascript", "xml": "xml", "json": "json"}


def chosen_screen(
    screens: Mapping[str, ExampleScreen], *, pattern: str | None, found: Sequence[str]
) -> tuple[str, ExampleScreen] | None:
    """The entry and the screen of a pattern: the one that was found best, else the first known, which is the pack's."""
    known = [*(entry for entry in found if entry in screens), *screens]
    return next(((entry, screens[entry]) for entry in known if pattern and screens[entry].pattern == pattern), None)


def screen_example(chosen: tuple[str, ExampleScreen] | None, *, task: str, language: str) -> Part | None:
    """The example as a part of the prompt, its key the entry; none where there is no screen, or the task makes none."""
    if chosen is None or task not in {"spec", "direct"}:
        return None
    entry, screen = chosen
    if task == "spec":
        return Part(entry, f"{_HEAD[language]}\n{fenced(screen.spec, info='json')}")
    if not screen.files:
        return None
    files = [fenced(text.rstrip(), info=f"{_language(name)} path={name}") for name, text in screen.files.items()]
    return Part(entry, "\n".join([_HEAD[language], *files]))


def _language(name: str) -> str:
    ending = name.rpartition(".")[2]
    return _LANGUAGES.get(ending, ending)
