"""Every revision goes up and down, and gives exactly the tables that the code knows."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from app.db import HEAD_REVISION
from app.db.database import sqlalchemy_url
from app.db.migrate import alembic_config, main, migrate
from app.db.models import metadata
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from chassis.local_postgres import LocalPostgres, free_port
from chassis.testing import other_servers
from tests.conftest import Postgres, create_database


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'admin'").fetchall()
    return {row[0] for row in rows}


def goes_up_and_down(url: str) -> None:
    """Each revision alone, then all of them, to nothing and back."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(alembic_config())
    assert script.get_current_head() == HEAD_REVISION
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    for revision in revisions:
        migrate(url, "up", revision)
        migrate(url, "down", "-1")
        migrate(url, "up", revision)
    assert tables(url) == {table.name for table in metadata.tables.values()} | {"alembic_version"}
    migrate(url, "down")
    assert tables(url) == {"alembic_version"}
    migrate(url, "up")
    migrate(url, "up")


def test_every_revision_goes_up_and_down(postgres: Postgres) -> None:
    goes_up_and_down(create_database(postgres, "up_and_down"))


@pytest.mark.parametrize("binaries", other_servers(), ids=str)
def test_every_revision_goes_up_and_down_on_another_postgresql(
    binaries: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if binaries is None:
        pytest.skip("no other PostgreSQL is installed: apt-get install postgresql-15")
    server = LocalPostgres(tmp_path_factory.mktemp("another"), durable=False, binaries=binaries)
    server.start()
    try:
        goes_up_and_down(server.url)
        assert differences(server.url) == []
    finally:
        server.stop()


def test_the_models_are_what_the_migrations_make(postgres: Postgres, template_database: str) -> None:
    assert differences(create_database(postgres, "compared", template="migrated")) == []


def differences(url: str) -> list[object]:
    """What the models would change of the migrated tables."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(sqlalchemy_url(url))
    options = {
        "version_table_schema": "admin",
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == "admin",
        "compare_type": True,
    }
    with engine.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    return found


def test_migrations_use_no_extension_and_no_collation_of_their_own(template_database: str) -> None:
    with psycopg.connect(template_database) as connection:
        extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()
        collations = connection.execute(
            "SELECT count(*) FROM information_schema.columns "
            "WHERE table_schema = 'admin' AND collation_name IS NOT NULL"
        ).fetchone()
    assert extensions == [("plpgsql",)]
    assert collations == (0,)


def test_a_role_that_may_not_make_schemas_migrates_the_one_it_was_given(postgres: Postgres) -> None:
    url = create_database(postgres, "own_role")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE admin_service LOGIN PASSWORD 'pw'")
        connection.execute("CREATE SCHEMA admin AUTHORIZATION admin_service")
    own = url.replace(url.split("//")[1].split("@")[0], "admin_service:pw")
    migrate(own, "up")
    assert "users" in tables(own)


def test_the_job_runs_from_the_command_line(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    url = create_database(postgres, "command line %")
    folder = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-m", "app.db.migrate", "up"],
        cwd=folder, env={"DATABASE_URL": url.replace(" %", "%20%25"), "PYTHONPATH": str(folder)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "migrated" in result.stdout
    monkeypatch.setenv("DATABASE_URL", url.replace(" %", "%20%25"))
    assert main(["down"]) == 0


def test_the_job_gives_up_where_no_database_comes() -> None:
    with pytest.raises(OperationalError):
        migrate(f"postgresql://x@127.0.0.1:{free_port()}/x", "up", wait_s=0.3)


def test_a_url_without_a_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        sqlalchemy_url("localhost/x")


def test_measured_thresholds_replace_first_ones_and_no_admins(postgres: Postgres) -> None:  # R1.4
    url = create_database(postgres, "thresholds")
    migrate(url, "up", "0002")
    with psycopg.connect(url) as connection:
        connection.execute(
            "UPDATE admin.settings SET document = jsonb_set(document, '{retrieval,large,threshold}', '0.5')"
        )
    migrate(url, "up")
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT document->'retrieval' FROM admin.settings").fetchone()
    assert row is not None
    assert {name: item["threshold"] for name, item in row[0].items()} == {"small": 0.3, "medium": 0.2, "large": 0.5}


def test_earlier_releases_of_engines_are_told_what_they_served(postgres: Postgres) -> None:
    url = create_database(postgres, "releases")
    migrate(url, "up", "0007")
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO admin.releases"
            " (id, kind, subject, value, before, verdict, overruled, released_by, released_at)"
            " VALUES ('r1', 'engine', 'default', 'builtin', 'gone', '{}', '', 'x', now()),"
            " ('r2', 'template', 'xf/spec', '1', '0', '{}', '', 'x', now())"
        )
    migrate(url, "up")
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT served, undoes FROM admin.releases ORDER BY id").fetchall()
    hashed = sha256(b"").hexdigest()[:16]
    serving = {"kind": "builtin", "model": "builtin", "url_hash": hashed}
    assert rows == [({"value": serving, "before": None}, None), (None, None)]
