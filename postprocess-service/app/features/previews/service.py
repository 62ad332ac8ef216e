"""Draws a screen from its spec: the layout's boxes, sample rows, popups below."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chassis.errors import FieldError, Unprocessable
from screenspec.scopes import scopes

from ...core.frameworks import Frameworks
from ...specs.reading import read_spec
from .drawing import draw
from .schemas import PreviewRequest, PreviewResponse

_LABELS = {
    "ko": {"preview": "미리보기", "popup": "팝업", "sample": "예시 데이터로 그린 화면입니다."},
    "en": {"preview": "Preview", "popup": "Popup", "sample": "Drawn with sample data."},
}


class PreviewService:
    """A pure function of the spec and its framework's measures."""

    def __init__(self, frameworks: Frameworks) -> None:
        self._frameworks = frameworks
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def create(self, request: PreviewRequest) -> PreviewResponse:
        """Raises `Unprocessable`: the spec can't be mended, or names no framework that there is."""
        language = "en" if request.spec.get("language") == "en" else "ko"
        reading = read_spec(request.spec, None, language)
        if reading.spec is None:
            errors = [FieldError(f"spec.{item.path}", item.message, item.code) for item in reading.problems]
            message = "The screen spec has problems that can't be mended."
            raise Unprocessable(message, code="invalid_spec", errors=errors)
        spec = reading.spec
        metrics = self._frameworks.get(spec.framework).theme.layout_metrics()
        pictures = [draw(scope, metrics) for scope in scopes(spec)]
        html = self._environment.get_template("page.html.j2").render(
            spec=spec, pictures=pictures, theme=request.theme, metrics=metrics, labels=_LABELS[spec.language]
        )
        return PreviewResponse(html=html)
