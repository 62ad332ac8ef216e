"""Knowledge entries: how they are written in packs, and what of them is indexed and shown."""

import re
from hashlib import blake2b
from typing import Annotated, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

Kind = Literal["component", "property", "event", "api", "pattern", "example", "rule", "wrong_form"]
Language = Literal["ko", "en"]
Origin = Literal["pack", "admin", "accepted"]
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)\n```[ \t]*$", re.DOTALL | re.MULTILINE)
"""A fenced block of Markdown: what is in it is code, and not what an entry is found by."""
Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Bilingual(BaseModel):
    """The same text in Korean and in English."""

    model_config = ConfigDict(extra="forbid")

    ko: Filled
    en: Filled

    def in_language(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en


class Entry(BaseModel):
    """One fact. `names` are the identifiers that it is about: who asks for one of them gets this entry."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=120)]
    kind: Kind
    component: str | None = None
    title: Bilingual
    text: Bilingual
    code: str | None = None
    names: list[Filled] = Field(default_factory=list)
    aliases: list[Filled] = Field(default_factory=list)
    related: list[str] = Field(default_factory=list)
    """Ids of entries that whoever needs this one most often needs too."""
    artifacts: list[str] = Field(default_factory=list)
    """Kinds of artifacts that a request about this needs beside the pack's default ones."""
    screen: str | None = None
    """Of an example that is a whole screen: its folder below `knowledge/screens`."""
    source: Filled
    origin: Origin = "pack"

    _shown: dict[Language, str] = PrivateAttr(default_factory=dict)

    def shown(self, language: Language) -> str:
        """The text as it stands in a hit: prose, then the code in a fence; made once, for answers are kept."""
        if language not in self._shown:
            text = self.text.in_language(language)
            self._shown[language] = f"{text}\n```\n{self.code.rstrip()}\n```" if self.code else text
        return self._shown[language]

    def phrases(self) -> list[str]:
        """What it is asked by, each phrase for itself."""
        return list(dict.fromkeys([self.title.en, self.title.ko, *self.aliases]))

    def dense_text(self) -> str:
        """For the default embedding model, which reads English alone and little of it: what counts comes first."""
        english = [alias for alias in self.aliases if alias.isascii()]
        return f"{self.title.en}. {', '.join([*self.names, *english])}. {self._prose('en')}"

    def sparse_text(self) -> str:
        """Both languages; names, titles and aliases twice, for they say what the entry is about."""
        head = "\n".join([self.title.ko, self.title.en, *self.names, *self.aliases])
        return f"{head}\n{head}\n{self._prose('ko')}\n{self._prose('en')}"

    def _prose(self, language: Language) -> str:
        return FENCE.sub("", self.text.in_language(language))

    def point_id(self, framework: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"framewright/{framework}/{self.id}"))

    def phrase_id(self, framework: str, phrase: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"framewright/{framework}/{self.id}/{phrase}"))

    def content_hash(self) -> str:
        return blake2b(self.model_dump_json(exclude={"origin", "screen"}).encode(), digest_size=16).hexdigest()
