""".env.example explains every variable that a service reads; Compose passes each on; none stands there for nobody."""

import re
from pathlib import Path

import pytest
from compose_file import ROOT, Stack

READ = re.compile(r'validation_alias="([A-Z][A-Z0-9_]+)"')
IN_COMPOSE = re.compile(r"(?<!\$)\$\{([A-Z][A-Z0-9_]+)")
IN_SCRIPTS = re.compile(r"\bsetting ([A-Z][A-Z0-9_]+)|\bfollow \w+ ([A-Z][A-Z0-9_]+)")
LINE = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
SERVICES = sorted(path.parent.name for path in ROOT.glob("*/app"))
NOT_IN_COMPOSE = {
    "rag-service": {"QDRANT_HOST", "QDRANT_PORT", "QDRANT_API_KEY", "QDRANT_PATH"}  # the stack has its own server
    | {"FRAMEWRIGHT_REPOSITORY_GIT_HOSTS", "FRAMEWRIGHT_REPOSITORY_PATHS"},  # by deploy/compose.repositories.yml alone
    "gateway": {"FRAMEWRIGHT_WORKSPACE"},  # a folder of the host's is mounted by a layer of the operator's
    "llm-proxy": {"FRAMEWRIGHT_API_KEYS", "FRAMEWRIGHT_ENGINES_FILE", "FRAMEWRIGHT_OPEN"},  # without a mesh
    "embedding-service": {"HUGGINGFACE_HUB_TOKEN"},  # by deploy/compose.hub.yml
    "admin-service": {"ADMIN_CONSOLE_DIR"},  # the image's own
}
IMAGES_OWN = {"FRAMEWRIGHT_PACKS_DIR"}


def explained() -> list[str]:
    return LINE.findall((ROOT / ".env.example").read_text(encoding="utf-8"))


def read_by(folder: Path) -> set[str]:
    return {name for path in folder.rglob("*.py") for name in READ.findall(path.read_text(encoding="utf-8"))}


def read_by_compose() -> set[str]:
    layers = [ROOT / "docker-compose.yml", *(ROOT / "deploy").glob("compose.*.yml")]
    return {name for path in layers for name in IN_COMPOSE.findall(path.read_text(encoding="utf-8"))}


def read_by_scripts() -> set[str]:
    found = [m for path in (ROOT / "deploy").glob("*.sh") for m in IN_SCRIPTS.findall(path.read_text(encoding="utf-8"))]
    return {name for pair in found for name in pair if name}


def read_by_the_local_mesh() -> set[str]:
    text = (ROOT / "deploy" / "local" / "framewright_local" / "layout.py").read_text(encoding="utf-8")
    prefixes = re.findall(r'Service\(\s*"[\w-]+", "([A-Z_]+)"', text)
    return {f"{prefix}_PORT" for prefix in prefixes} | {"FRAMEWRIGHT_PORT_BASE", "POSTGRES_PORT"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_variable_of_a_service_is_explained(service: str) -> None:  # R5.10
    assert read_by(ROOT / service / "app") - set(explained()) == set()


def test_every_variable_of_the_libraries_scripts_and_compose_is_explained() -> None:
    names = (
        read_by(ROOT / "libs" / "chassis" / "src") | read_by_compose() | read_by_scripts() | read_by_the_local_mesh()
    )
    assert names - set(explained()) == set()


def test_nothing_is_explained_that_nobody_reads() -> None:
    read = read_by_compose() | read_by_scripts() | read_by_the_local_mesh() | read_by(ROOT / "libs" / "chassis" / "src")
    for service in SERVICES:
        read |= read_by(ROOT / service / "app")
    assert set(explained()) - read - {"COMPOSE_PROFILES"} == set()


def test_each_stands_there_once_and_below_a_comment() -> None:
    names = explained()
    assert sorted(names) == sorted(set(names))
    blocks = (ROOT / ".env.example").read_text(encoding="utf-8").split("\n\n")
    assert all(block.startswith("# ") for block in blocks)


@pytest.mark.parametrize("service", SERVICES)
def test_compose_passes_every_variable_on(service: str, stack: Stack) -> None:
    passed = {name.removesuffix("_FILE") for name in stack.services[service]["environment"]}
    wanted = read_by(ROOT / service / "app") - IMAGES_OWN - NOT_IN_COMPOSE.get(service, set())
    if service == "gateway":
        passed |= {name.removesuffix("_FILE") for name in stack.services["gateway-worker"]["environment"]}
    assert wanted - passed - {"QDRANT_URL"} == set()
