"""Refuses a run over several services: each one's package is called `app`, and one process holds only one."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent
SERVICES = frozenset(path.parent.name for path in ROOT.glob("*/app"))


def pytest_configure(config: pytest.Config) -> None:
    places = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    named = {place.relative_to(ROOT).parts[:1] for place in places if place.is_relative_to(ROOT)}
    services = {parts[0] for parts in named if parts} & SERVICES
    if len(services) > 1 or () in named:
        raise pytest.UsageError("run one service at a time: `make test-gateway`, or `make test` for all of them")
