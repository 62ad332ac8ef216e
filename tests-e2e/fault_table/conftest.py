"""A mesh for all rows, a gateway whose clock can be set, and the table at the end."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import pytest

from fault_table.faulty_mesh import CLOCK_LIBRARY, ENGINE, FaultyMesh, Users, clock_settings, faulty_mesh
from fault_table.observation import Kept, keep
from fault_table.report import Seen, write
from fault_table.rows import read_rows
from support.api import Api
from support.gateways import OwnProcess
from support.mesh import ROOT, until
from support.oom_engines import LLAMACPP, MODEL as BIG_MODEL, OLLAMA, oom_engine
from support.simulator import MODEL

DOCUMENT = ROOT / "docs" / "operations" / "faults.md"


@dataclass(frozen=True, slots=True)
class Patient:
    """A mesh to be hurt, its users, and what was there before the first fault."""

    faulty: FaultyMesh
    users: Users
    kept: Kept


@pytest.fixture(scope="session")
def seen() -> Iterator[dict[str, Seen]]:
    """What came of each row; written as a table when all have run."""
    figures: dict[str, Seen] = {}
    yield figures
    document = DOCUMENT if os.environ.get("FRAMEWRIGHT_WRITE_FAULTS") else None
    print("\n" + write(read_rows(), figures, ROOT / "out" / "faults", document))


@pytest.fixture(scope="session")
def plain() -> Iterator[Patient]:
    with patient({}) as prepared:
        yield prepared


@pytest.fixture(scope="session")
def jumping(plain: Patient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Patient]:
    """A second gateway of the same mesh, whose clock alone is wrong (libfaketime)."""
    if not CLOCK_LIBRARY.exists():
        pytest.skip("libfaketime is not installed (Debian: apt-get install libfaketime)")
    folder = tmp_path_factory.mktemp("clock")
    mesh, plain.faulty.clock = plain.faulty.mesh, folder / "offset"
    settings = tuple(clock_settings(plain.faulty.clock).items())
    gateway = OwnProcess(mesh, mesh.port_base + 82, folder / "gateway.log", settings=settings)
    try:
        gateway.start()
        with client_of(plain.faulty, gateway.url) as client:
            yield Patient(plain.faulty, Users(client, client), plain.kept)
    finally:
        gateway.stop()


@contextmanager
def patient(settings: dict[str, str]) -> Iterator[Patient]:
    with faulty_mesh(settings) as faulty, ExitStack() as stack:
        users = Users(
            stack.enter_context(client_of(faulty, faulty.mesh.url)),
            stack.enter_context(client_of(faulty, faulty.proxies["gateway"].url)),
        )
        base = faulty.mesh.port_base
        engines = [
            (ENGINE, "vllm", f"{faulty.proxies[ENGINE].url}/v1", MODEL),
            (LLAMACPP, "llamacpp", stack.enter_context(oom_engine(LLAMACPP, base + 21)), BIG_MODEL),
            (OLLAMA, "ollama", stack.enter_context(oom_engine(OLLAMA, base + 22)), BIG_MODEL),
        ]
        for name, kind, url, model in engines:
            body = {"id": name, "kind": kind, "base_url": url, "model": model}
            created = users.inside.post("/api/admin/engines", json=body)
            assert created.status_code == 201, created.text
        until(lambda: Api(users.inside).knows_engine(OLLAMA), limit_s=30)
        yield Patient(faulty, users, keep(users.inside))


def client_of(faulty: FaultyMesh, url: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {faulty.mesh.key}"}
    return httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False)
