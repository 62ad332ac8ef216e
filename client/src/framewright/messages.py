"""What the command says, in Korean and English."""

from collections.abc import Mapping
from typing import Literal

from .texts import TEXTS

Language = Literal["ko", "en"]


class Messages:
    """The texts of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        ko, en = TEXTS[key]
        return (ko if self.language == "ko" else en).format(**values)

    def stage(self, stage: str) -> str:
        key = f"stage.{stage}"
        return self(key) if key in TEXTS else stage


def choose_language(stated: str | None, environment: Mapping[str, str]) -> Language:
    """The stated language, or that of LC_ALL, LC_MESSAGES or LANG; English for any other than Korean."""
    locale = stated or next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "ko" if locale.lower().startswith("ko") else "en"
