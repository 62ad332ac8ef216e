"""The files of the tree that the checks read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from compose_file import ROOT, Stack, load_stack
from dockerfile import Dockerfile
from running_stack import Running, started

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


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The stack on a real Docker engine: minutes."""
    if not os.environ.get("FRAMEWRIGHT_COMPOSE_TEST"):
        pytest.skip("needs a Docker engine and minutes: make test-compose")
    with started(tmp_path_factory.mktemp("stack") / "a checkout") as stack:
        yield stack
