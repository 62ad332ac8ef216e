"""Alembic's environment: one connection, handed over by `app.db.migrate`; the version table is in our schema."""

from alembic import context
from app.db import SCHEMA
from app.db.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="alembic_version",
    version_table_schema=SCHEMA,
    include_schemas=True,
)
with context.begin_transaction():
    context.run_migrations()
