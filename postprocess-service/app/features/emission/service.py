"""Emits a screen's files from its spec by the pack's templates, and checks every file before it leaves."""

import hashlib
from dataclasses import asdict

from chassis.errors import FieldError, Unprocessable
from screenspec.spec import ScreenSpec

from ...checks.files import SourceFile, check_files
from ...checks.model import Diagnostic
from ...core.frameworks import BrokenPack, Frameworks
from ...packs.choices import UnknownChoiceError, with_choices
from ...packs.model import Pack
from ...repair.runner import RepairRunner
from ...screens.rendering import BadTemplateError
from ...specs.fixes import Fix
from ...specs.reading import SpecReading, read_spec
from .failing import FailingPart, failing_parts, request_for
from .rendering import EmittedFile, emit_files
from .schemas import (
    AppliedFix,
    Artifact,
    ArtifactsRequest,
    ArtifactsResponse,
    Failing,
    FoundDiagnostic,
    Part,
    SecondAnswer,
    Warned,
)
from .selection import select_artifacts
from .splicing import blocks_in, spliced

_DIRECT = "direct"


class EmissionService:
    """Emits and checks; a pure function of the request and the packs."""

    def __init__(self, frameworks: Frameworks) -> None:
        self._frameworks = frameworks
        self._repair = RepairRunner()

    def create(self, request: ArtifactsRequest) -> ArtifactsResponse:
        """Raises `Unprocessable`, naming the field: an unknown framework or artifact, a spec that can't be mended.

        Raises `BrokenPack` where the framework's own files are at fault.
        """
        pack = self._frameworks.get(request.framework)
        rules = select_artifacts(pack, request.artifacts)
        if request.spec is None and not request.files:
            message = "There must be a spec, or files."
            raise Unprocessable(message, code="nothing_to_emit", errors=[FieldError("spec", message, "missing")])
        if request.spec is None:
            return self._checked_only(request, pack)
        reading = _read(request)
        spec = reading.spec
        assert spec is not None  # noqa: S101 - a reading without a spec was refused
        renderer = self._frameworks.renderer(pack)
        pack = _chosen(pack, request.options.choices)
        try:
            files = emit_files(
                spec, request.data_model, pack, rules, renderer=renderer, dialect=request.options.dialect
            )
        except BadTemplateError as error:
            raise BrokenPack(f"A template of the framework pack can't be used: {error}") from error
        return _response(spec, files, reading.fixes, pack)

    def _checked_only(self, request: ArtifactsRequest, pack: Pack) -> ArtifactsResponse:
        """Files as an engine wrote them: mended first, where the pack knows wrong forms."""
        sources = [SourceFile(item.path, item.language, item.content) for item in request.files or []]
        response = self._mended(sources, request, pack)
        if request.second is not None:
            response = self._second(sources, request.second, request, pack, response)
        response.failing = _failing(response, request, pack)
        return response

    def _second(
        self,
        sources: list[SourceFile],
        second: SecondAnswer,
        request: ArtifactsRequest,
        pack: Pack,
        before: ArtifactsResponse,
    ) -> ArtifactsResponse:
        """The files with the engine's second answer in them, where it leaves fewer errors."""
        parts = [FailingPart(**{**item.model_dump(), "problems": tuple(item.problems)}) for item in second.parts]
        blocks = blocks_in(second.answer, len(parts))
        if blocks is None:
            return before
        after = self._mended(spliced(sources, parts, blocks), request, pack)
        return after if _errors(after) < _errors(before) else before

    def _mended(self, sources: list[SourceFile], request: ArtifactsRequest, pack: Pack) -> ArtifactsResponse:
        strict = request.strictness == "strict"
        repaired = {file.path: file for file in self._repair.run(sources, pack, request.language, strict=strict)}
        files = [
            EmittedFile(file.path, _DIRECT, SourceFile(file.path, file.language, file.content))
            for file in repaired.values()
        ]
        response = _response(None, files, [], pack, language=request.language)
        for artifact in response.artifacts:
            notes = repaired[artifact.path]
            artifact.fixes.extend(AppliedFix(**asdict(item)) for item in notes.fixes)
            artifact.diagnostics.extend(FoundDiagnostic(**asdict(item)) for item in notes.findings)
        return response


def _errors(response: ArtifactsResponse) -> int:
    return sum(note.severity == "error" for item in response.artifacts for note in item.diagnostics)


def _failing(response: ArtifactsResponse, request: ArtifactsRequest, pack: Pack) -> Failing | None:
    """What is left with errors and can be asked for again."""
    files = [SourceFile(item.path, item.language, item.content) for item in response.artifacts]
    found = {
        item.path: [Diagnostic(note.severity, note.rule, note.message, note.line) for note in item.diagnostics]
        for item in response.artifacts
    }
    parts = failing_parts(files, found)
    if not parts:
        return None
    told = [Part.model_validate(asdict(part)) for part in parts]
    return Failing(parts=told, request=request_for(parts, files, pack, request.language))


def _chosen(pack: Pack, choices: dict[str, str]) -> Pack:
    try:
        return with_choices(pack, choices)
    except UnknownChoiceError as error:
        message = (
            f"The framework has no choice '{error.name[:100]}' of that value; there are: {', '.join(error.known)}."
        )
        field = FieldError(f"options.choices.{error.name[:100]}", message, "unknown_choice")
        raise Unprocessable(message, code="unknown_choice", errors=[field]) from error


def _read(request: ArtifactsRequest) -> SpecReading:
    document = {**(request.spec or {}), "framework": request.framework}
    language = document.get("language") if document.get("language") in {"ko", "en"} else request.language
    reading = read_spec(document, request.data_model, str(language))
    if reading.spec is None or (request.strictness == "strict" and reading.fixes):
        errors = [FieldError(f"spec.{item.path}", item.message, item.code) for item in reading.problems]
        errors += [FieldError("spec", item.message, item.rule) for item in reading.fixes if not reading.problems]
        raise Unprocessable("The screen spec has problems that can't be mended.", code="invalid_spec", errors=errors)
    return reading


def _response(
    spec: ScreenSpec | None, files: list[EmittedFile], fixes: list[Fix], pack: Pack, *, language: str = "ko"
) -> ArtifactsResponse:
    spoken = spec.language if spec else language
    found = check_files([file.source for file in files], pack, spoken)
    artifacts = [_artifact(file, found[file.path]) for file in files]
    broken = [item.path for item in artifacts if any(note.severity == "error" for note in item.diagnostics)]
    message = {"ko": "오류가 남은 파일: ", "en": "Files with errors left: "}[spoken if spoken == "ko" else "en"]
    return ArtifactsResponse(
        spec=spec,
        artifacts=artifacts,
        fixes=[AppliedFix(**asdict(item)) for item in fixes],
        warnings=[Warned(code="errors_left", message=message + ", ".join(broken))] if broken else [],
    )


def _artifact(file: EmittedFile, diagnostics: list[Diagnostic]) -> Artifact:
    encoded = file.source.content.encode()
    return Artifact(
        path=file.path,
        kind=file.kind,
        language=file.source.language,
        sha256=hashlib.sha256(encoded).hexdigest(),
        size=len(encoded),
        content=file.source.content,
        diagnostics=[FoundDiagnostic(**asdict(item)) for item in diagnostics],
    )
