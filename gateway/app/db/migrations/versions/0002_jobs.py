"""Jobs: procrastinate's tables as of its migration 03.04.00, batches, webhooks, idempotency keys, audit, processes."""

from importlib import resources

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SCHEMA = "gateway"
_LAST_OF_PROCRASTINATE = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
_TABLES = ("processes", "audit_entries", "webhook_deliveries", "idempotency_keys", "batches")
_COLUMNS = ("resumption", "deadline_at", "queue", "webhook", "batch_id", "batch_row")


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, default: str | None = None) -> "sa.Column[object]":
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def upgrade() -> None:
    _create_procrastinate()
    _create_batches()
    _create_keys_and_deliveries()
    _create_audit_and_processes()
    for column in (
        sa.Column("resumption", sa.JSON),
        _moment("deadline_at", nullable=True),
        sa.Column("queue", sa.String(32)),
        sa.Column("webhook", sa.JSON),
        sa.Column("batch_id", sa.String(36)),
        sa.Column("batch_row", sa.Integer),
    ):
        op.add_column("generations", column, schema=_SCHEMA)
    op.create_index(
        "ix_generations_batch",
        "generations",
        ["batch_id", "batch_row"],
        schema=_SCHEMA,
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )


def downgrade() -> None:
    _drop_procrastinate()
    op.drop_index("ix_generations_batch", "generations", schema=_SCHEMA)
    for name in _COLUMNS:
        op.drop_column("generations", name, schema=_SCHEMA)
    for name in _TABLES:
        op.drop_table(name, schema=_SCHEMA)


def _create_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(36), primary_key=True),
        _moment("created_at"),
        _moment("ended_at", nullable=True),
        _text("user_id"),
        _text("name"),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("cancel_requested", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("webhook", sa.JSON),
        schema=_SCHEMA,
    )
    op.create_index("ix_batches_user_id_id", "batches", ["user_id", sa.text("id DESC")], schema=_SCHEMA)


def _create_keys_and_deliveries() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        _moment("created_at"),
        sa.Column("subject_id", sa.String(36)),
        sa.Column("answer", sa.JSON),
        schema=_SCHEMA,
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], schema=_SCHEMA)
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.String(36), primary_key=True),
        _moment("created_at"),
        _text("user_id"),
        _text("url"),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        _moment("delivered_at", nullable=True),
        _moment("failed_at", nullable=True),
        sa.Column("reason", sa.Text),
        schema=_SCHEMA,
    )
    op.create_index("ix_webhook_deliveries_created_at", "webhook_deliveries", ["created_at"], schema=_SCHEMA)


def _create_audit_and_processes() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.String(36), primary_key=True),
        _moment("at"),
        _text("user_id"),
        _text("role"),
        sa.Column("method", sa.String(8), nullable=False),
        _text("path"),
        sa.Column("status", sa.Integer, nullable=False),
        _text("address", ""),
        sa.Column("trace_id", sa.String(32), nullable=False, server_default=""),
        schema=_SCHEMA,
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        _moment("started_at"),
        _moment("seen_at"),
        schema=_SCHEMA,
    )


def _create_procrastinate() -> None:
    """Its own migrations up to a named one: the same tables whatever version of it is installed later.

    Each is a transaction of its own: before PostgreSQL 17 a value that was added to an enum can't be used in the
    same one. What a run that was broken off has left is dropped first.
    """
    migrations = resources.files("procrastinate.sql") / "migrations"
    names = sorted(item.name for item in migrations.iterdir() if item.name.endswith(".sql"))
    with op.get_context().autocommit_block():
        _drop_procrastinate()
        connection = op.get_bind()
        connection.execute(sa.text(f"SET search_path TO {_SCHEMA}"))
        for name in names:
            if name <= _LAST_OF_PROCRASTINATE:
                connection.exec_driver_sql((migrations / name).read_text(encoding="utf-8").replace("%", "%%"))
        connection.execute(sa.text("SET search_path TO DEFAULT"))


_PROCRASTINATES = {
    "TABLE": "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
    " WHERE schemaname = 'gateway' AND tablename LIKE 'procrastinate%'",
    "FUNCTION": "SELECT oid::regprocedure::text FROM pg_proc"
    " WHERE pronamespace = 'gateway'::regnamespace AND proname LIKE 'procrastinate%'",
    "TYPE": "SELECT format('%I.%I', 'gateway', typname) FROM pg_type"
    " WHERE typnamespace = 'gateway'::regnamespace AND typname LIKE 'procrastinate%' AND typtype IN ('e', 'c')",
}


def _drop_procrastinate() -> None:
    connection = op.get_bind()
    for kind, query in _PROCRASTINATES.items():
        for name in connection.exec_driver_sql(query.replace("%", "%%")).scalars().all():
            connection.execute(sa.text(f"DROP {kind} IF EXISTS {name} CASCADE"))
