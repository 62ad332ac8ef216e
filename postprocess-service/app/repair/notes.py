"""Keeps what a repair did to one file, and what it left to people."""

from dataclasses import dataclass, field

from ..checks.model import Diagnostic, Severity
from ..specs.fixes import Fix
from .messages import ADVICE, MENDS


@dataclass(slots=True)
class Notes:
    """Mends and findings of one file, told in `language`. In strict mode nothing is guessed."""

    language: str
    strict: bool = False
    fixes: list[Fix] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def mended(self, rule: str, line: int | None = None, **names: str) -> None:
        self.fixes.append(Fix(rule, self._said(MENDS[rule], names), line))

    def may(self, rule: str, line: int | None = None, **names: str) -> bool:
        """Whether a guess may be made, which is then noted; in strict mode it becomes a finding instead."""
        if not self.strict:
            self.mended(rule, line, **names)
            return True
        detail = self._said(MENDS[rule], names)
        self.flagged("guess_refused", line, "error", detail=detail)
        return False

    def flagged(self, rule: str, line: int | None = None, severity: Severity = "warning", **names: str) -> None:
        note = Diagnostic(severity, rule, self._said(ADVICE[rule], names), line)
        if all((item.rule, item.message) != (rule, note.message) for item in self.findings):
            self.findings.append(note)

    def _said(self, message: tuple[str, str], names: dict[str, str]) -> str:
        short = {name: value if len(value) <= 60 else value[:57] + "…" for name, value in names.items()}
        return message[0 if self.language == "ko" else 1].format(**short)
