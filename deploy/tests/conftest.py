"""The files of the tree that the checks read."""

from pathlib import Path

import pytest
from compose_file import ROOT, Stack, load_stack
from dockerfile import Dockerfile

SERVICES = (
    "gateway",
    "intent-service",
    "rag-service",
    "embedding-service",
    "llm-proxy",
    "postprocess-service",
    "admin-service",
)


@pytest.fixture(params=SERVICES)
def image(request: pytest.FixtureRequest) -> Dockerfile:
    return Dockerfile.read(ROOT / request.param)


@pytest.fixture(scope="session")
def images() -> dict[str, Dockerfile]:
    return {service: Dockerfile.read(ROOT / service) for service in SERVICES}


@pytest.fixture(scope="session")
def stack() -> Stack:
    return load_stack(ROOT / "docker-compose.yml")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
