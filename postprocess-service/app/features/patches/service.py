"""Applies a patch in memory: every edit in its place and every result sound, or nothing at all."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from chassis.errors import Conflict, FieldError, ServiceError, Unprocessable

from ...packs.model import Pack
from ...sources.languages import language_of_path
from .application import Outcome, apply_to_file
from .diffs import unified_diff
from .edits import ComponentEdit, Edit, EditFailure, Replacement, WholeFile
from .messages import CONFLICTS, message
from .paths import checked_path
from .reading import Shown, read_answer
from .schemas import AppliedEdit, BaseFile, PatchedFile, PatchEdit, PatchRequest, PatchResponse, PatchWarning

_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr", "latin-1", "iso-8859-1"})
_LARGEST_SUM = 6_000_000
_MOST_LINES = 400_000
_MOST_SEARCHED = 400_000_000
"""Edits times characters of their file: what all searches together may read."""


class Packs(Protocol):
    def get(self, name: str) -> Pack: ...


class PatchService:
    """A pure function of the request and the packs."""

    def __init__(self, packs: Packs) -> None:
        self._packs = packs

    def apply(self, request: PatchRequest) -> PatchResponse:
        """The changed files.

        Raises:
            Conflict: a file is not what the patch was made for.
            Unprocessable: an edit can't be applied. Both name every edit that failed (`failures`).
        """
        pack = self._packs.get(request.framework) if request.framework else None
        try:
            edits = _edits_of(request)
        except EditFailure as failure:
            raise _refusal([(None, "", failure)], request.language, ()) from failure
        return _Application(request, edits, pack).run()


class _Application:
    def __init__(self, request: PatchRequest, edits: Sequence[Edit], pack: Pack | None) -> None:
        self._request = request
        self._edits = edits
        self._pack = pack
        self._wary = request.answer is not None
        self._files = {file.path: file for file in request.files}
        self._failures: list[tuple[int | None, str, EditFailure]] = []

    def run(self) -> PatchResponse:
        self._check_files()
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, edit in enumerate(self._edits):
            numbers[edit.path].append(number)
        outcomes: dict[str, Outcome] = {}
        for path, chosen in numbers.items():
            outcome = self._outcome(path, chosen)
            if outcome is not None:
                outcomes[path] = outcome
        if self._failures:
            raise _refusal(self._failures, self._request.language, self._edits)
        return self._response(numbers, outcomes)

    def _check_files(self) -> None:
        if sum(len(file.content) for file in self._request.files) > _LARGEST_SUM:
            self._fail(None, "", EditFailure("too_large"))
        for file in self._request.files:
            try:
                _check_base(file)
            except EditFailure as failure:
                self._fail(None, file.path, failure)
        if self._failures:
            raise _refusal(self._failures, self._request.language, self._edits)

    def _outcome(self, path: str, chosen: Sequence[int]) -> Outcome | None:
        """What becomes of a file; None where an edit of it failed."""
        base = self._files.get(path)
        before = None if base is None else base.content
        try:
            self._check_target(path, base, len(chosen))
        except EditFailure as failure:
            for number in chosen:
                self._fail(number, path, failure)
            return None
        outcome = apply_to_file(path, before, [self._edits[number] for number in chosen], self._pack, wary=self._wary)
        for index, reason in outcome.failures:
            self._fail(None if index is None else chosen[index], path, reason)
        if outcome.failures:
            return None
        try:
            _sha256(outcome.content, base.encoding if base else "utf-8")
        except EditFailure as failure:
            self._fail(None, path, failure)
            return None
        return outcome

    def _check_target(self, path: str, base: BaseFile | None, count: int) -> None:
        checked_path(path)
        if base is None and any(known.casefold() == path.casefold() for known in self._files):
            raise EditFailure("file_exists")
        if base is not None and len(base.content) * count > _MOST_SEARCHED:
            raise EditFailure("too_large")
        if base is not None and base.content.count("\n") + base.content.count("\r") > _MOST_LINES:
            raise EditFailure("too_large")

    def _fail(self, number: int | None, path: str, failure: EditFailure) -> None:
        if failure.code == "unknown_file":
            failure.names["known"] = ", ".join(sorted(self._files)[:10]) or "-"
        self._failures.append((number, path, failure))

    def _response(self, numbers: dict[str, list[int]], outcomes: dict[str, Outcome]) -> PatchResponse:
        applied: dict[int, AppliedEdit] = {}
        for path, chosen in numbers.items():
            for index, number in enumerate(chosen):
                level, line = outcomes[path].applied[index]
                applied[number] = AppliedEdit(**_document(self._edits[number]), matched=level, at=line)
        files = [self._patched(path, outcome) for path, outcome in outcomes.items() if outcome.changed]
        broken = [path for path, outcome in outcomes.items() if outcome.was_broken]
        text = {"ko": "적용 전에도 구문 오류가 있던 파일: ", "en": "These files did not parse before either: "}
        warning = PatchWarning(code="base_does_not_parse", message=text[self._request.language] + ", ".join(broken))
        return PatchResponse(
            edits=[applied[number] for number in sorted(applied)], files=files, warnings=[warning] if broken else []
        )

    def _patched(self, path: str, outcome: Outcome) -> PatchedFile:
        base = self._files.get(path)
        encoding = base.encoding if base else "utf-8"
        before = base.content if base else None
        return PatchedFile(
            path=path,
            operation="modify" if base else "create",
            language=language_of_path(path),
            encoding=encoding,
            base_sha256=_sha256(base.content, encoding) if base else None,
            sha256=_sha256(outcome.content, encoding),
            content=outcome.content,
            diff=unified_diff(path, before, outcome.content),
            checked=outcome.checked,
        )


def _check_base(file: BaseFile) -> None:
    checked_path(file.path)
    if file.sha256 is not None and file.sha256 != _sha256(file.content, file.encoding):
        raise EditFailure("stale_base")


def _edits_of(request: PatchRequest) -> list[Edit]:
    if request.edits is None:
        shown = [Shown(item.path, item.first_line, item.last_line) for item in request.shown]
        return read_answer(request.answer or "", shown, finish_reason=request.finish_reason)
    if not request.edits:
        raise EditFailure("no_edits")
    return [_edit_of(item) for item in request.edits]


def _edit_of(item: PatchEdit) -> Edit:
    if item.component is not None:
        return ComponentEdit(item.path, item.component, item.attributes or {}, remove=item.remove)
    if item.content is not None:
        return WholeFile(item.path, item.content, item.first_line, item.last_line)
    return Replacement(item.path, item.search or "", item.replace or "", item.line)


def _document(edit: Edit) -> dict[str, object]:
    """The members of the wire's edit."""
    if isinstance(edit, Replacement):
        return {"path": edit.path, "search": edit.search, "replace": edit.replace, "line": edit.line}
    if isinstance(edit, WholeFile):
        return {"path": edit.path, "content": edit.content, "first_line": edit.first_line, "last_line": edit.last_line}
    return {
        "path": edit.path, "component": edit.component, "attributes": edit.attributes or None, "remove": edit.remove,
    }  # fmt: skip


def _wire(edit: Edit) -> dict[str, object]:
    """As a caller may send it again."""
    document = {name: value for name, value in _document(edit).items() if value is not None and value is not False}
    if "attributes" in document:
        document["set"] = document.pop("attributes")
    return document


def _sha256(content: str, encoding: str) -> str:
    """Of the content as it stands on disk.

    Raises:
        EditFailure: `not_encodable`.
    """
    if encoding.lower() not in _ENCODINGS:
        raise EditFailure("not_encodable", encoding=encoding)
    try:
        return hashlib.sha256(content.encode(encoding)).hexdigest()
    except UnicodeEncodeError as error:
        raise EditFailure("not_encodable", encoding=encoding) from error


def _refusal(
    failures: Sequence[tuple[int | None, str, EditFailure]], language: str, edits: Sequence[Edit]
) -> ServiceError:
    """The error; it carries the edits as they were read, so that those of sound files need not be asked for again."""
    documents, errors = [], []
    for number, path, failure in failures:
        text = message(failure.code, language, **failure.names)
        places = [{"line": place.line, "text": place.text[:300]} for place in failure.places]
        documents.append({"edit": number, "path": path, "code": failure.code, "message": text, "places": places})
        field = "edits" if number is None else f"edits.{number}"
        errors.append(FieldError(field, f"{path}: {text}" if path else text, failure.code))
    conflict = any(failure.code in CONFLICTS for _, _, failure in failures)
    detail = " ".join(dict.fromkeys(error.message for error in errors[:3]))
    kind = Conflict if conflict else Unprocessable
    return kind(
        detail,
        code=failures[0][2].code,
        errors=errors[:50],
        extra={"failures": documents[:50], "edits": [_wire(edit) for edit in edits]},
    )
