"""Says what an engine's answer is: a spec, files, or why it is neither."""

from dataclasses import asdict

from ...core.frameworks import Frameworks
from ...specs.reading import read_spec
from .extraction import FencedFile, Found, best_spec, fenced_files, find_objects, inner_spec, without_reasoning
from .schemas import AnalysedFile, AnalysedProblem, AnalysisRequest, AnalysisResponse, AppliedFix, Status
from .sections import bare_files, headed_files, is_whole, named

_REASONS: dict[str, tuple[str, str]] = {
    "ok": ("화면 명세를 읽었습니다.", "The screen spec was read."),
    "ok_files": ("파일 {count}개를 읽었습니다.", "{count} files were read."),
    "truncated": ("답변이 중간에 끊겼습니다.", "The answer was cut off."),
    "refused": ("모델이 요청을 거절했습니다.", "The model refused the request."),
    "empty": ("답변이 비어 있습니다.", "The answer is empty."),
    "reasoning_only": ("추론만 있고 답변이 없습니다.", "There is reasoning, and no answer."),
    "not_a_spec": ("답변에 화면 명세가 없습니다.", "There is no screen spec in the answer."),
    "no_files": ("답변에 파일이 없습니다.", "There are no files in the answer."),
    "invalid_spec": (
        "화면 명세에 고칠 수 없는 오류가 있습니다: {detail}",
        "The screen spec has errors that can't be mended: {detail}",
    ),
}  # fmt: skip
_REFUSALS = (
    "i can't", "i cannot", "i can not", "i'm sorry", "i am sorry", "i'm unable", "i am unable", "as an ai", "i won't",
    "죄송하지만", "죄송합니다", "할 수 없습니다", "도와드릴 수 없", "제공할 수 없", "불가능합니다",
)  # fmt: skip
_REFUSAL_ZONE = 400


class AnalysisService:
    """Analyses answers; a pure function of the request and the packs."""

    def __init__(self, frameworks: Frameworks) -> None:
        self._frameworks = frameworks

    def analyse(self, request: AnalysisRequest) -> AnalysisResponse:
        """Raises `Unprocessable` for an unknown framework."""
        self._frameworks.get(request.framework)
        text, cut_in_reasoning = without_reasoning(request.answer)
        if not text.strip():
            return self._nothing(request, reasoned=bool(request.answer.strip()), cut=cut_in_reasoning)
        if request.mode != "direct":
            answer = self._spec(request, text)
            if request.mode == "spec" or answer.status != "not_a_spec":
                return answer
        return self._files(request, text)

    def _nothing(self, request: AnalysisRequest, *, reasoned: bool, cut: bool) -> AnalysisResponse:
        if cut or (reasoned and request.finish_reason == "length"):
            return _response(request, "truncated")
        return _response(request, "empty", reason="reasoning_only" if reasoned else "empty")

    def _spec(self, request: AnalysisRequest, text: str) -> AnalysisResponse:
        found = _spec_in(text)
        if found is None:
            return _response(request, _status_without_spec(request, text), text=text)
        around = (text[: found.start] + text[found.parsed.end :]).strip()
        document = inner_spec(found.parsed.value)
        if not found.parsed.complete or document is None:
            return _response(request, "truncated", text=around)
        document["framework"] = request.framework
        reading = read_spec(document, None, request.language)
        problems = [AnalysedProblem(**asdict(problem)) for problem in reading.problems]
        fixes = [AppliedFix(**asdict(item)) for item in reading.fixes]
        if reading.spec is None:
            detail = problems[0].message if problems else ""
            return _response(request, "invalid_spec", text=around, problems=problems, fixes=fixes, detail=detail)
        return _response(request, "ok", text=around, fixes=fixes).model_copy(update={"spec": reading.spec})

    def _files(self, request: AnalysisRequest, text: str) -> AnalysisResponse:
        fenced = [file for file in fenced_files(text) if file.content.strip()]
        files = named(fenced or headed_files(text) or bare_files(text))
        if not files:
            status = _status_without_spec(request, text)
            return _response(request, status, text=text, reason="no_files" if status == "not_a_spec" else status)
        if request.finish_reason == "length" or not (files[-1].closed or is_whole(files[-1])):
            return _response(request, "truncated", text=text, files=files)
        return _response(request, "ok", reason="ok_files", files=files, count=str(len(files)))


def _spec_in(text: str) -> Found | None:
    found = find_objects(text)
    best = best_spec(found)
    if best is not None:
        return best
    return next((item for item in reversed(found) if inner_spec(item.parsed.value) is not None), None)


def _status_without_spec(request: AnalysisRequest, text: str) -> Status:
    if request.finish_reason == "length" or '"screen_id"' in text:
        return "truncated"
    start = text[:_REFUSAL_ZONE].lower().replace("’", "'")
    return "refused" if any(phrase in start for phrase in _REFUSALS) else "not_a_spec"


def _response(
    request: AnalysisRequest,
    status: Status,
    *,
    reason: str = "",
    text: str = "",
    files: list[FencedFile] | None = None,
    problems: list[AnalysedProblem] | None = None,
    fixes: list[AppliedFix] | None = None,
    **details: str,
) -> AnalysisResponse:
    korean, english = _REASONS[reason or status]
    return AnalysisResponse(
        status=status,
        reason=(korean if request.language == "ko" else english).format(**details),
        spec=None,
        files=[AnalysedFile(path=file.path, language=file.language, content=file.content) for file in files or []],
        text=text.strip(),
        problems=problems or [],
        fixes=fixes or [],
    )
