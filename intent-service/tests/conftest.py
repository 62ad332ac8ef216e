"""An application with the real vocabulary, and a client that calls it as the gateway does."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from app.core.settings import Settings
from app.main import create_app
from app.vocabulary.lexicon import Lexicon
from fastapi import FastAPI

from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, service_headers

UNREACHABLE = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    (folder / "blue").mkdir()
    (folder / "blue" / "pack.yaml").write_text("name: blue\n", encoding="utf-8")
    (folder / "blue" / "naming.yaml").write_text(
        "rules:\n  column: {case: upper_snake}\n  table: {prefix: TB_, case: upper_snake}\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def settings(packs: Path) -> Settings:
    return Settings.model_validate(
        {
            "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET,
            "FRAMEWRIGHT_METRICS_TOKEN": TEST_METRICS_TOKEN,
            "FRAMEWRIGHT_PACKS_DIR": packs,
            "EMBEDDING_URL": UNREACHABLE,
            "LLM_PROXY_URL": UNREACHABLE,
        }
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://intent", headers=service_headers("intent-service")
    ) as client:
        yield client
