"""`python -m app.db.migrate up|down [REVISION]`: brings the schema `admin` to a revision; the migrate job runs it."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from ..core.settings import DatabaseSettings
from . import SCHEMA
from .database import sqlalchemy_url

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x66726D77_61646D31
"""Advisory lock of this schema's migrations: a second migrate job waits for the first."""
_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, direction: str, revision: str | None = None, *, wait_s: float = 0.0) -> None:
    """Upgrades to `revision` (`head`) or downgrades to it (`base` undoes all, and drops the schema).

    Waits up to `wait_s` seconds for a PostgreSQL that is still starting.
    """
    from alembic import command

    engine = create_engine(sqlalchemy_url(url), connect_args={"connect_timeout": 3})
    try:
        with _connect(engine.connect, wait_s) as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            if connection.scalar(text("SELECT to_regnamespace(:name)"), {"name": SCHEMA}) is None:
                connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))  # a role of our own may not be allowed to
            connection.commit()
            config = alembic_config()
            config.attributes["connection"] = connection
            if direction == "up":
                command.upgrade(config, revision or "head")
            else:
                command.downgrade(config, revision or "base")
            connection.commit()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()
    finally:
        engine.dispose()


def alembic_config() -> "Config":
    """Alembic's configuration without a file of its own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Migrate the schema of admin-service.")
    parser.add_argument("direction", choices=["up", "down"])
    parser.add_argument("revision", nargs="?", help="up: head unless given; down: base unless given")
    parser.add_argument("--wait-s", type=float, default=60.0, help="how long to wait for PostgreSQL")
    given = parser.parse_args(arguments)
    url = DatabaseSettings().database_url.get_secret_value()  # from the environment
    migrate(url, given.direction, given.revision, wait_s=given.wait_s)
    line = {"event": "migrated", "schema": SCHEMA, "direction": given.direction, "revision": given.revision or "head"}
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    sys.stdout.write(json.dumps({"timestamp": at, "level": "info", "service": "admin-service", **line}) + "\n")
    return 0


def _connect(connect: Callable[[], Connection], wait_s: float) -> Connection:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            return connect()
        except OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
