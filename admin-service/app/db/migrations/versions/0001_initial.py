"""Users, keys, sign-in, engines, settings, templates, knowledge, audit; engine `builtin` and its settings."""

import time
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "admin"
DEFAULT_SETTINGS = {
    "default_engine": "builtin",
    "default_framework": None,
    "self_registration": None,
    "retrieval": {
        "small": {"threshold": 0.35, "limit": 4},
        "medium": {"threshold": 0.3, "limit": 6},
        "large": {"threshold": 0.25, "limit": 8},
    },
}


def upgrade() -> None:
    _people()
    _sign_in()
    _engines()
    _templates()
    _knowledge()
    _audit()
    _seed()


def downgrade() -> None:
    for table in (
        "audit_entries", "knowledge_versions", "knowledge_entries", "template_versions", "templates", "settings",
        "engines", "login_attempts", "revocations", "signing_keys", "refresh_tokens", "api_keys", "users", "revisions",
    ):  # fmt: skip
        op.drop_table(table, schema=SCHEMA)
    op.execute(f"DROP FUNCTION {SCHEMA}.refuse_update()")


def _text(name: str, *, nullable: bool = False, **kwargs: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **kwargs)


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _reference(name: str, target: str, **kwargs: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{SCHEMA}.{target}", ondelete="CASCADE"), nullable=False, **kwargs)


def _one_of(column: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_known")


def _people() -> None:
    op.create_table(
        "users",
        _text("id", primary_key=True),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        _text("name"),
        _text("role"),
        _text("password_hash"),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("tokens_valid_from", sa.BigInteger, nullable=False),
        _time("last_login_at", nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        _time("created_at"),
        _time("updated_at"),
        _one_of("role", "admin", "operator", "developer"),
        schema=SCHEMA,
    )
    op.create_table(
        "api_keys",
        _text("id", primary_key=True),
        _reference("user_id", "users.id", index=True),
        _text("name"),
        _text("secret_hash"),
        sa.Column("scopes", JSONB, nullable=False),
        _time("created_at"),
        _time("expires_at", nullable=True),
        _time("last_used_at", nullable=True),
        _time("revoked_at", nullable=True),
        schema=SCHEMA,
    )


def _sign_in() -> None:
    op.create_table(
        "refresh_tokens",
        _text("token_hash", primary_key=True),
        _text("family_id", index=True),
        _reference("user_id", "users.id", index=True),
        _text("access_jti"),
        _time("access_expires_at"),
        _time("created_at"),
        _time("expires_at"),
        _time("used_at", nullable=True),
        _time("revoked_at", nullable=True),
        schema=SCHEMA,
    )
    op.create_table(
        "signing_keys",
        _text("id", primary_key=True),
        sa.Column("public_jwk", JSONB, nullable=False),
        sa.Column("private_encrypted", sa.LargeBinary, nullable=False),
        _time("created_at"),
        _time("retires_at", nullable=True),
        schema=SCHEMA,
    )
    op.create_table(
        "revocations",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        _text("kind", primary_key=True),
        _text("subject", primary_key=True),
        sa.Column("before", sa.BigInteger),
        _time("expires_at", nullable=True),
        _one_of("kind", "token", "user", "key"),
        schema=SCHEMA,
    )
    op.create_table(
        "login_attempts",
        _text("id", primary_key=True),
        _text("email", index=True),
        _text("client", index=True),
        _time("at"),
        schema=SCHEMA,
    )
    op.create_table(
        "revisions",
        _text("name", primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        schema=SCHEMA,
    )


def _engines() -> None:
    op.create_table(
        "engines",
        _text("id", primary_key=True),
        _text("name"),
        _text("kind"),
        _text("base_url", nullable=True),
        _text("model"),
        _text("api"),
        _text("model_class"),
        sa.Column("context_window", sa.Integer, nullable=False),
        sa.Column("max_output_tokens", sa.Integer, nullable=False),
        sa.Column("temperature", sa.Float),
        sa.Column("secret_encrypted", sa.LargeBinary),
        sa.Column("fallbacks", JSONB, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _time("created_at"),
        _time("updated_at"),
        _one_of("kind", "openai", "vllm", "llamacpp", "ollama", "builtin"),
        _one_of("api", "chat", "completions", "both"),
        _one_of("model_class", "small", "medium", "large"),
        schema=SCHEMA,
    )
    op.create_table(
        "settings",
        _text("id", primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _time("updated_at"),
        schema=SCHEMA,
    )


def _templates() -> None:
    op.create_table(
        "templates",
        _text("id", primary_key=True),
        _text("framework"),
        _text("task"),
        sa.Column("latest_version", sa.Integer, nullable=False),
        sa.Column("labels", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _time("created_at"),
        _time("updated_at"),
        schema=SCHEMA,
    )
    op.create_table(
        "template_versions",
        _reference("template_id", "templates.id", primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        _text("content"),
        _text("note"),
        _text("created_by"),
        _time("created_at"),
        schema=SCHEMA,
    )
    op.execute(
        f"CREATE FUNCTION {SCHEMA}.refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a template version is immutable'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER immutable BEFORE UPDATE ON {SCHEMA}.template_versions "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_update()"
    )


def _knowledge() -> None:
    op.create_table(
        "knowledge_entries",
        _text("id", primary_key=True),
        _text("framework"),
        _text("kind"),
        _text("title"),
        _text("text"),
        sa.Column("aliases", JSONB, nullable=False),
        sa.Column("tags", JSONB, nullable=False),
        _text("source"),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _time("created_at"),
        _time("updated_at"),
        schema=SCHEMA,
    )
    op.create_table(
        "knowledge_versions",
        _reference("entry_id", "knowledge_entries.id", primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document", JSONB, nullable=False),
        _text("created_by"),
        _time("created_at"),
        schema=SCHEMA,
    )


def _audit() -> None:
    op.create_table(
        "audit_entries",
        _text("id", primary_key=True),
        _time("at"),
        _text("actor_id"),
        _text("actor_service"),
        _text("action"),
        _text("subject_kind"),
        _text("subject_id"),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
        _text("trace_id"),
        sa.Index("audit_entries_subject", "subject_kind", "subject_id", "id"),
        sa.Index("audit_entries_actor", "actor_id", "id"),
        schema=SCHEMA,
    )


def _seed() -> None:
    now = datetime.now(UTC)
    tables = sa.MetaData(schema=SCHEMA)
    tables.reflect(op.get_bind(), only=["engines", "settings", "revisions"])
    op.bulk_insert(
        tables.tables[f"{SCHEMA}.engines"],
        [
            {
                "id": "builtin", "name": "Built-in", "kind": "builtin", "base_url": None, "model": "builtin",
                "api": "both", "model_class": "small", "context_window": 131072, "max_output_tokens": 32768,
                "temperature": None, "secret_encrypted": None, "fallbacks": [], "enabled": True, "version": 1,
                "created_at": now, "updated_at": now,
            }
        ],
    )  # fmt: skip
    op.bulk_insert(
        tables.tables[f"{SCHEMA}.settings"],
        [{"id": "mesh", "document": DEFAULT_SETTINGS, "version": 1, "updated_at": now}],
    )
    start = time.time_ns() // 1_000_000
    op.bulk_insert(
        tables.tables[f"{SCHEMA}.revisions"],
        [{"name": name, "number": start} for name in ("settings", "templates", "knowledge", "revocations")],
    )
