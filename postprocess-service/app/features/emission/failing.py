"""The parts of files that have errors, small enough to be asked for again, with what an engine has to know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...checks.files import SourceFile
from ...checks.model import Diagnostic
from ...checks.script_blocks import blocks_of
from ...checks.xml_facts import facts_of
from ...packs.model import Pack

MAX_PARTS = 6
_MAX_CHARACTERS = 12_000
_MAX_WHOLE_LINES = 600
_MAX_NAMES = 60
_KOREAN = (
    "아래는 {title} 화면 파일의 일부로, 검사에서 오류가 났습니다. 각 부분을 고쳐서 "
    "같은 순서로 코드 블록 하나씩만 답하세요. 코드 블록에는 그 부분 전체를 쓰고, 다른 부분이나 설명은 쓰지 마세요."
)
_ENGLISH = (
    "These are parts of the files of a {title} screen, in which checks found errors. Mend each part, and answer "
    "with one code block for each, in the same order. A code block holds its part whole; write nothing else."
)
_WORDS = {
    "ko": (_KOREAN, "{number}. {path} {first}-{last}행", "오류", "쓸 수 있는 이름"),
    "en": (_ENGLISH, "{number}. {path}, lines {first} to {last}", "Errors", "Names that there are"),
}


@dataclass(frozen=True, slots=True)
class FailingPart:
    """Lines of a file, from 1, both within; `problems` say what is wrong in them."""

    path: str
    language: str
    first_line: int
    last_line: int
    text: str
    problems: tuple[str, ...]


def failing_parts(files: Iterable[SourceFile], found: dict[str, list[Diagnostic]]) -> list[FailingPart]:
    """The parts with errors, in order; none where they are more than an engine can be asked for at once."""
    parts = [part for file in files for part in _of_file(file, found.get(file.path, []))]
    if len(parts) > MAX_PARTS or sum(len(part.text) for part in parts) > _MAX_CHARACTERS:
        return []
    return parts


def _of_file(file: SourceFile, notes: list[Diagnostic]) -> Iterator[FailingPart]:
    errors = [note for note in notes if note.severity == "error"]
    if not errors:
        return
    lines = file.content.split("\n")
    ranges: dict[tuple[int, int], list[str]] = {}
    blocks = blocks_of(file.language, file.content)
    for note in errors:
        place = next(((first, last) for first, last in blocks if first <= (note.line or 0) <= last), (1, len(lines)))
        ranges.setdefault(place, []).append(note.message)
    if (1, len(lines)) in ranges:
        if len(lines) > _MAX_WHOLE_LINES:
            return
        ranges = {(1, len(lines)): [note.message for note in errors]}
    for (first, last), messages in sorted(ranges.items()):
        text = "\n".join(line.rstrip("\r") for line in lines[first - 1 : last]).removeprefix("\ufeff")
        yield FailingPart(file.path, file.language, first, last, text, tuple(dict.fromkeys(messages)))


def request_for(parts: list[FailingPart], files: Iterable[SourceFile], pack: Pack, language: str) -> str:
    """What to ask an engine: the parts alone, with their errors and the names that they may use."""
    opening, heading, errors, names = _WORDS["ko" if language == "ko" else "en"]
    text = [opening.format(title=pack.manifest.title)]
    known = _known(files, pack)
    if known:
        text.append(f"{names}: {known}")
    for number, part in enumerate(parts, start=1):
        title = heading.format(number=number, path=part.path, first=part.first_line, last=part.last_line)
        problems = "\n".join(f"- {problem}" for problem in part.problems)
        text.append(f"### {title}\n{errors}:\n{problems}\n\n```{part.language}\n{part.text}\n```")
    return "\n\n".join(text)


def _known(files: Iterable[SourceFile], pack: Pack) -> str:
    """Datasets with their columns, transactions and components of the files that can be read."""
    said: list[str] = []
    for file in files:
        facts = facts_of(file.content, pack) if file.language == "xml" else None
        if facts is None:
            continue
        said += [f"{name}({', '.join(sorted(columns))})" for name, columns in facts.datasets.items()]
        said += sorted(facts.transactions)
        said += [f"{name}: {tag}" for name, tag in facts.controls.items() if not name.startswith("txt")]
    return ", ".join(said[:_MAX_NAMES])
