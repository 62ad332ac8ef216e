"""`python -m app.db.migrate up|down [REVISION]`: brings schema `gateway` to a revision; creates it where missing."""

import argparse
import os
from pathlib import Path

from alembic import command
from alembic.config import Config


def configuration(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Goes up to `revision`; nothing happens where the schema is there already."""
    command.upgrade(configuration(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Goes down to `revision`; `base` removes all tables."""
    command.downgrade(configuration(database_url), revision)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Migrate the gateway's schema. DATABASE_URL names the database.")
    parser.add_argument("direction", choices=("up", "down"))
    parser.add_argument("revision", nargs="?", help="up: head unless given; down: must be given (`base` for none)")
    parsed = parser.parse_args(arguments)
    if parsed.direction == "down" and not parsed.revision:
        parser.error("`down` needs a revision: `down base` removes all tables")
    database_url = _database_url(parser)
    if parsed.direction == "up":
        upgrade(database_url, parsed.revision or "head")
    else:
        downgrade(database_url, parsed.revision)


def _database_url(parser: argparse.ArgumentParser) -> str:
    """`DATABASE_URL`, or the content of the file that `DATABASE_URL_FILE` names."""
    path = os.environ.get("DATABASE_URL_FILE")
    url = os.environ.get("DATABASE_URL") or (Path(path).read_text(encoding="utf-8").strip() if path else "")
    if not url:
        parser.error("DATABASE_URL is not set")
    return url


if __name__ == "__main__":
    main()
