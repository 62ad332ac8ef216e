"""Checks a pack as a company writes one: its files by themselves, then every pattern emitted with its templates."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from chassis.errors import FieldError, Unprocessable
from screenspec.spec import ScreenSpec

from ...checks.files import check_files
from ...packs.loader import InvalidPackError, read_pack
from ...packs.model import Pack
from ...screens.rendering import BadTemplateError, Renderer
from ..emission.rendering import EmittedFile, emit_files
from .messages import said
from .schemas import PackFile, PackFinding, PackLintRequest, PackLintResponse

SAMPLES = Path(__file__).parent / "samples"
_LANGUAGES = ("ko", "en")


class PackLintService:
    """Reads the pack in a folder of its own, which is gone afterwards; templates run in the sandbox."""

    def lint(self, request: PackLintRequest) -> PackLintResponse:
        """Raises `Unprocessable` naming the file: a path that leads out of the pack, or stands there twice."""
        _check_paths(request.files)
        with TemporaryDirectory(prefix="pack-") as parent:
            folder = Path(parent) / request.name
            for file in request.files:
                target = folder / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(file.content, encoding="utf-8", newline="")
            try:
                pack = read_pack(folder)
            except InvalidPackError as error:
                return PackLintResponse(findings=[_of_error(str(error), request.name)], emitted=0)
            findings, emitted = _emitted(pack, request.language)
            return PackLintResponse(findings=[*_own_findings(pack, request), *findings], emitted=emitted)


def _check_paths(files: list[PackFile]) -> None:
    seen: set[str] = set()
    for index, file in enumerate(files):
        path = PurePosixPath(file.path)
        wrong = path.is_absolute() or ".." in path.parts or "\\" in file.path or "\0" in file.path
        if wrong or str(path) in seen:
            message = f"'{file.path[:100]}' is no path within the pack, or stands there twice."
            raise Unprocessable(message, code="bad_path", errors=[FieldError(f"files.{index}.path", message)])
        seen.add(str(path))


def _of_error(text: str, name: str) -> PackFinding:
    """`InvalidPackError` begins with the file's path."""
    path, _, message = text.removeprefix(f"{name}/").partition(": ")
    return PackFinding(severity="error", file=path, message=message)


def _own_findings(pack: Pack, request: PackLintRequest) -> Iterator[PackFinding]:
    """What a pack may lack and still be read."""
    language = request.language
    for missing in sorted(set(pack.manifest.languages) - set(pack.messages)):
        yield _finding("error", "messages.yaml", said("no_messages", language, name=missing))
    every = {name for texts in pack.messages.values() for name in texts}
    for spoken, texts in pack.messages.items():
        for name in sorted(every - set(texts)):
            yield _finding("error", "messages.yaml", said("message_missing", language, name=name, language=spoken))
    used = {rule.template for rule in pack.artifacts}
    source = "\n".join(file.content for file in request.files if file.path.startswith("templates/"))
    for file in request.files:
        name = file.path.removeprefix("templates/")
        if name != file.path and name not in used and f'"{name}"' not in source:
            yield _finding("warning", file.path, said("template_unused", language))
    if not any(file.path == "README.md" for file in request.files):
        yield _finding("warning", "README.md", said("no_readme", language))


def _emitted(pack: Pack, language: str) -> tuple[list[PackFinding], int]:
    """Every sample screen with every artifact, in both languages, twice: the bytes must be the same."""
    found: dict[tuple[str, str], PackFinding] = {}
    emitted = 0
    renderer = Renderer(pack)
    for sample in sorted(SAMPLES.glob("*.json")):
        for spoken in _LANGUAGES:
            document = json.loads(sample.read_text(encoding="utf-8"))
            spec = ScreenSpec.model_validate({**document, "framework": pack.name, "language": spoken})
            try:
                files, again = (_files(spec, pack, renderer) for _ in range(2))
            except BadTemplateError as error:
                finding = _of_error(str(error), pack.name)
                found.setdefault((finding.file, finding.message), finding)
                continue
            emitted += len(files)
            for finding in _checked(files, again, pack, language=language, pattern=spec.pattern):
                found.setdefault((finding.file, finding.message.partition(" [")[0]), finding)
    return list(found.values()), emitted


def _files(spec: ScreenSpec, pack: Pack, renderer: Renderer) -> list[EmittedFile]:
    return emit_files(spec, None, pack, list(pack.artifacts), renderer=renderer)


def _checked(
    files: list[EmittedFile], again: list[EmittedFile], pack: Pack, *, language: str, pattern: str
) -> Iterator[PackFinding]:
    template = {rule.kind: f"templates/{rule.template}" for rule in pack.artifacts}
    for first, second in zip(files, again, strict=True):
        if first.source.content != second.source.content:
            yield _finding(
                "error", template[first.kind], said("not_the_same", language) + f" [{pattern}: {first.path}]"
            )
    found = check_files([file.source for file in files], pack, language)
    for file in files:
        for item in found[file.path]:
            if item.severity == "error":
                where = f" [{pattern}: {file.path}:{item.line or 1}]"
                yield _finding("error", template[file.kind], item.message + where)


def _finding(severity: str, file: str, message: str) -> PackFinding:
    return PackFinding.model_validate({"severity": severity, "file": file, "message": message})
