"""Fakes of the upstreams, small packs, and the application over a socket."""

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.clients.admin import AdminKnowledge, AdminSettings, AdminTemplates, Revision
from app.core.clients.embedding import Vectors
from app.core.context import Upstreams
from app.core.keywords import keyword_terms
from app.core.qdrant import SparseVector
from app.core.settings import RagSettings
from app.main import create_app

from chassis.errors import UpstreamFailed
from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers

DIMENSION = 16
PACK = """
- id: grid.deletecheckedrow
  kind: api
  component: grid
  title: {ko: 체크된 행 삭제, en: Delete checked rows}
  text: {ko: deletecheckedrow()는 체크된 행을 지웁니다., en: deletecheckedrow() removes the checked rows.}
  names: [deletecheckedrow]
  aliases: [선택 삭제, remove selected rows]
  source: S1
- id: grid.list
  kind: example
  component: grid
  title: {ko: 목록 화면 예, en: Example of a list screen}
  text: {ko: 조회하는 그리드 목록입니다., en: A grid that is searched.}
  code: |
    <grid name="grd_list"/>
  source: S1
- id: server.spring
  kind: component
  title: {ko: 스프링 서버 코드, en: Spring server code}
  text: {ko: 컨트롤러를 만듭니다., en: Makes a controller.}
  names: [controller]
  artifacts: [controller]
  source: S1
"""
ARTIFACTS = """
artifacts:
  - {kind: screen_xml, group: default, scope: screen, path: "{screen_id}.xml", language: xml}
  - {kind: popup_xml, group: default, scope: popup, with: screen_xml, path: "{screen_id}.xml", language: xml}
  - {kind: ddl, group: default, scope: table, path: "{table}.sql", language: sql}
  - {kind: controller, group: server, scope: screen, path: "{screen_id}Controller.java", language: java}
"""
TEMPLATE = """---
id: demo/spec
version: 3
task: spec
language: ko
---
# system
SYSTEM PART
# rules
RULES PART
# schema
SCHEMA PART
# example
EXAMPLE PART
# request
CLOSING PART
"""


@dataclass
class FakeEmbedding:
    """Vectors of hashed words, dense and sparse."""

    fingerprint: str = "fake@1"
    failure: Exception | None = None
    documents_seen: list[str] = field(default_factory=list)
    phrases_seen: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    cross_encoder: bool = False
    reading_failure: Exception | None = None
    documents_read: list[list[str]] = field(default_factory=list)

    async def query(self, dense: str, sparse: Sequence[str]) -> Vectors:
        self._fail()
        assert dense
        self.queries.append(sparse[0])
        return self._vectors([dense], sparse)

    async def documents(self, dense: Sequence[str], sparse: Sequence[str]) -> Vectors:
        self._fail()
        if list(dense) != ["probe"]:
            self.documents_seen.extend(dense)
        return self._vectors(dense, sparse)

    async def phrases(self, texts: Sequence[str]) -> list[list[float]]:
        self._fail()
        self.phrases_seen.extend(texts)
        return [_dense(text) for text in texts]

    async def relevance(self, query: str, documents: Sequence[str]) -> list[float] | None:
        """As sure of a document as it is full of the query's last word, where this fake has a cross-encoder."""
        if self.reading_failure is not None:
            raise self.reading_failure
        self.documents_read.append(list(documents))
        if not self.cross_encoder:
            return None
        return [float(query.rsplit(maxsplit=1)[-1] in document) for document in documents]

    async def aclose(self) -> None:
        pass

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure

    def _vectors(self, dense: Sequence[str], sparse: Sequence[str]) -> Vectors:
        return Vectors(self.fingerprint, [_dense(text) for text in dense], [_sparse(text) for text in sparse])


@dataclass
class FakeAdmin:
    """Documents by ETag; away where `failure` is set."""

    settings_document: AdminSettings = field(default_factory=AdminSettings)
    templates_document: AdminTemplates = field(default_factory=AdminTemplates)
    knowledge_document: AdminKnowledge = field(default_factory=AdminKnowledge)
    failure: Exception | None = None
    revision: int = 1

    async def settings(self, etag: str) -> Revision[AdminSettings] | None:
        return self._answer(etag, self.settings_document)

    async def templates(self, etag: str) -> Revision[AdminTemplates] | None:
        return self._answer(etag, self.templates_document)

    async def knowledge(self, etag: str) -> Revision[AdminKnowledge] | None:
        return self._answer(etag, self.knowledge_document)

    async def aclose(self) -> None:
        pass

    def _answer(self, etag: str, document: Any) -> Revision[Any] | None:
        if self.failure is not None:
            raise self.failure
        return None if etag == str(self.revision) else Revision(str(self.revision), document)


def _dense(text: str) -> list[float]:
    row = [0.01] * DIMENSION
    for term in keyword_terms(text):
        row[_hash(term) % DIMENSION] += 1.0
    length = math.sqrt(sum(value * value for value in row))
    return [value / length for value in row]


def _sparse(text: str) -> SparseVector:
    terms = sorted({_hash(term) for term in keyword_terms(text)})
    return SparseVector(terms, [1.0] * len(terms))


def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "little")


def write_pack(folder: Path, name: str = "demo", *, knowledge: str = PACK) -> Path:
    pack = folder / name
    (pack / "knowledge").mkdir(parents=True)
    (pack / "prompts").mkdir()
    (pack / "knowledge" / "all.yaml").write_text(knowledge, encoding="utf-8")
    (pack / "artifacts.yaml").write_text(ARTIFACTS, encoding="utf-8")
    (pack / "prompts" / "spec.ko.md").write_text(TEMPLATE, encoding="utf-8")
    return pack


def make_settings(folder: Path, **changes: object) -> RagSettings:
    values = {
        "service_secret": TEST_SECRET,
        "metrics_token": TEST_METRICS_TOKEN,
        "log_level": "error",
        "packs_dir": folder / "packs",
        "qdrant_path": folder / "store",
        "snapshots_path": folder / "snapshots",
        "qdrant_url": None,
        "qdrant_host": None,
        "poll_s": 0.1,
        **changes,
    }
    return RagSettings.model_validate(values)


def wait_until(condition: Callable[[], bool], limit_s: float = 60.0) -> None:
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def indexed(client: httpx.Client) -> int:
    return int(client.get("/v1/knowledge/status").json()["demo"]["indexed"])


@pytest.fixture(name="embedding")
def _embedding() -> FakeEmbedding:
    return FakeEmbedding()


@pytest.fixture(name="admin")
def _admin() -> FakeAdmin:
    return FakeAdmin()


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> RagSettings:
    write_pack(tmp_path / "packs")
    return make_settings(tmp_path)


@pytest.fixture(name="client")
def _client(settings: RagSettings, embedding: FakeEmbedding, admin: FakeAdmin) -> Iterator[httpx.Client]:
    """The service over a socket, on the embedded store, fake embedding and admin services; everything indexed."""
    app = create_app(settings, upstreams=lambda _settings: Upstreams(embedding, admin))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        wait_until(lambda: indexed(client) == 3)
        yield client


AWAY = UpstreamFailed("embedding-service could not be reached.")
