"""The committed pack, the fixtures, and a service on them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.frameworks import Frameworks
from app.core.settings import Settings
from app.features.analysis.service import AnalysisService
from app.features.emission.service import EmissionService
from app.main import create_app
from app.packs.loader import PackLoader
from app.packs.model import Pack

from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers

PACKS = Path(__file__).parents[2] / "frameworks"
FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json"))
FRAMEWORK = "xframe5"


def fixture(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="session")
def frameworks() -> Frameworks:
    return Frameworks(PackLoader([PACKS]))


@pytest.fixture(scope="session")
def pack(frameworks: Frameworks) -> Pack:
    return frameworks.get(FRAMEWORK)


@pytest.fixture(scope="session")
def emission(frameworks: Frameworks) -> EmissionService:
    return EmissionService(frameworks)


@pytest.fixture(scope="session")
def analysis(frameworks: Frameworks) -> AnalysisService:
    return AnalysisService(frameworks)


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """A client of the running service, with a service token."""
    settings = Settings(
        mode="local", log_level="error", service_secret=TEST_SECRET, metrics_token=TEST_METRICS_TOKEN, packs_dir=PACKS
    )
    with (
        running(create_app(settings)) as url,
        httpx.Client(base_url=url, headers=service_headers("postprocess-service"), timeout=10) as http,
    ):
        yield http
