"""Alembic's environment: schema `gateway`, its version table inside; one migration at a time."""

from alembic import context
from app.db import chat_tables, job_tables, patch_tables  # noqa: F401 - their tables join the metadata
from app.db.engine import driver_url
from app.db.tables import GENERATIONS, SCHEMA
from sqlalchemy import create_engine, pool, text

_LOCK = 0x67617465  # "gate": two migrations of this schema never run at once


def _run() -> None:
    engine = create_engine(driver_url(context.config.attributes["database_url"]), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        if not connection.scalar(text("SELECT to_regnamespace(:name) IS NOT NULL"), {"name": SCHEMA}):
            connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=GENERATIONS.metadata,
            version_table_schema=SCHEMA,
            include_schemas=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


_run()
