"""The tables of the schema `admin`."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, LargeBinary, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from . import SCHEMA

metadata = MetaData(schema=SCHEMA)


class Table(SQLModel):
    """Base of all tables; every one is in our schema."""

    metadata: ClassVar[MetaData] = metadata


def _text(
    *, primary_key: bool = False, references: str | None = None, optional: bool = False, index: bool = False
) -> Any:
    constraints = [ForeignKey(f"{SCHEMA}.{references}", ondelete="CASCADE")] if references else []
    return Column(Text, *constraints, primary_key=primary_key, nullable=optional, index=index)


def _time(*, optional: bool = False) -> Any:
    return Column(DateTime(timezone=True), nullable=optional)


def _json() -> Any:
    return Column(JSONB, nullable=False)


class User(Table, table=True):
    __tablename__ = "users"

    id: str = Field(sa_column=_text(primary_key=True))
    email: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    name: str = Field(sa_column=_text())
    role: str = Field(sa_column=_text())
    password_hash: str = Field(sa_column=_text())
    disabled: bool = False
    tokens_valid_from: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    """Access tokens issued before this second (epoch) are void."""
    last_login_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    version: int = 1
    created_at: datetime = Field(sa_column=_time())
    updated_at: datetime = Field(sa_column=_time())


class ApiKey(Table, table=True):
    __tablename__ = "api_keys"

    id: str = Field(sa_column=_text(primary_key=True))
    user_id: str = Field(sa_column=_text(references="users.id", index=True))
    name: str = Field(sa_column=_text())
    secret_hash: str = Field(sa_column=_text())
    scopes: list[str] = Field(sa_column=_json())
    created_at: datetime = Field(sa_column=_time())
    expires_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    last_used_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    revoked_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class RefreshToken(Table, table=True):
    """One token of a family: a family is one sign-in, each use replaces its token."""

    __tablename__ = "refresh_tokens"

    token_hash: str = Field(sa_column=_text(primary_key=True))
    family_id: str = Field(sa_column=Column(Text, nullable=False, index=True))
    user_id: str = Field(sa_column=_text(references="users.id", index=True))
    access_jti: str = Field(sa_column=_text())
    access_expires_at: datetime = Field(sa_column=_time())
    created_at: datetime = Field(sa_column=_time())
    expires_at: datetime = Field(sa_column=_time())
    used_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    revoked_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class BrowserSession(Table, table=True):
    """A sign-in of a browser: the console's cookie names it, no token reaches a script."""

    __tablename__ = "browser_sessions"

    id: str = Field(sa_column=_text(primary_key=True))
    user_id: str = Field(sa_column=_text(references="users.id", index=True))
    secret_hash: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())
    last_seen_at: datetime = Field(sa_column=_time())
    expires_at: datetime = Field(sa_column=_time())
    revoked_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class Invitation(Table, table=True):
    """The right to make one account, for whoever has its code."""

    __tablename__ = "invitations"

    id: str = Field(sa_column=_text(primary_key=True))
    code_hash: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    email: str | None = Field(default=None, sa_column=_text(optional=True))
    role: str = Field(sa_column=_text())
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())
    expires_at: datetime = Field(sa_column=_time())
    used_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    used_by: str | None = Field(default=None, sa_column=_text(optional=True))


class SigningKey(Table, table=True):
    __tablename__ = "signing_keys"

    id: str = Field(sa_column=_text(primary_key=True))
    public_jwk: dict[str, Any] = Field(sa_column=_json())
    private_encrypted: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_column=_time())
    retires_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    """Signs no more once set; is published until then."""


class Revocation(Table, table=True):
    __tablename__ = "revocations"

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str = Field(sa_column=_text(primary_key=True))
    subject: str = Field(sa_column=_text(primary_key=True))
    before: int | None = Field(default=None, sa_column=Column(BigInteger))
    expires_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class LoginAttempt(Table, table=True):
    """A failed sign-in."""

    __tablename__ = "login_attempts"

    id: str = Field(sa_column=_text(primary_key=True))
    email: str = Field(sa_column=Column(Text, nullable=False, index=True))
    client: str = Field(sa_column=Column(Text, nullable=False, index=True))
    at: datetime = Field(sa_column=_time())


class Engine(Table, table=True):
    __tablename__ = "engines"

    id: str = Field(sa_column=_text(primary_key=True))
    name: str = Field(sa_column=_text())
    kind: str = Field(sa_column=_text())
    base_url: str | None = Field(default=None, sa_column=_text(optional=True))
    model: str = Field(sa_column=_text())
    api: str = Field(sa_column=_text())
    llm_class: str = Field(sa_column=Column("model_class", Text, nullable=False))
    context_window: int
    max_output_tokens: int
    temperature: float | None = None
    secret_encrypted: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    fallbacks: list[str] = Field(sa_column=_json())
    enabled: bool = True
    weight: float = 1.0
    max_concurrency: int | None = None
    max_queue: int = 64
    aliases: list[str] = Field(sa_column=_json())
    capabilities: list[str] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    models_at_once: int | None = None
    version: int = 1
    created_at: datetime = Field(sa_column=_time())
    updated_at: datetime = Field(sa_column=_time())


class MeshSettings(Table, table=True):
    """One row: the document that `/api/admin/settings` shows."""

    __tablename__ = "settings"

    id: str = Field(sa_column=_text(primary_key=True))
    document: dict[str, Any] = Field(sa_column=_json())
    version: int = 1
    updated_at: datetime = Field(sa_column=_time())


class Template(Table, table=True):
    __tablename__ = "templates"

    id: str = Field(sa_column=_text(primary_key=True))
    framework: str = Field(sa_column=_text())
    task: str = Field(sa_column=_text())
    latest_version: int
    labels: dict[str, int] = Field(sa_column=_json())
    version: int = 1
    """Counts changes of any kind, for optimistic concurrency."""
    created_at: datetime = Field(sa_column=_time())
    updated_at: datetime = Field(sa_column=_time())


class TemplateVersion(Table, table=True):
    """Immutable: a trigger refuses every UPDATE."""

    __tablename__ = "template_versions"

    template_id: str = Field(sa_column=_text(primary_key=True, references="templates.id"))
    version: int = Field(primary_key=True)
    content: str = Field(sa_column=_text())
    note: str = Field(sa_column=_text())
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())


class KnowledgeEntry(Table, table=True):
    __tablename__ = "knowledge_entries"

    id: str = Field(sa_column=_text(primary_key=True))
    framework: str = Field(sa_column=_text())
    kind: str = Field(sa_column=_text())
    title: str = Field(sa_column=_text())
    text: str = Field(sa_column=_text())
    aliases: list[str] = Field(sa_column=_json())
    tags: list[str] = Field(sa_column=_json())
    source: str = Field(sa_column=_text())
    enabled: bool = True
    version: int = 1
    created_at: datetime = Field(sa_column=_time())
    updated_at: datetime = Field(sa_column=_time())


class KnowledgeVersion(Table, table=True):
    """What an entry was at each of its versions."""

    __tablename__ = "knowledge_versions"

    entry_id: str = Field(sa_column=_text(primary_key=True, references="knowledge_entries.id"))
    version: int = Field(primary_key=True)
    document: dict[str, Any] = Field(sa_column=_json())
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())


class ExampleReview(Table, table=True):
    """What was decided about an accepted screen; `entry_id` is the knowledge entry that it became."""

    __tablename__ = "example_reviews"

    generation_id: str = Field(sa_column=_text(primary_key=True))
    status: str = Field(sa_column=_text())
    """`approved`, `rejected` or `retracted`."""
    title: str = Field(sa_column=_text())
    reason: str = Field(sa_column=_text())
    entry_id: str | None = Field(default=None, sa_column=_text(optional=True))
    decided_by: str = Field(sa_column=_text())
    decided_at: datetime = Field(sa_column=_time())


class ModelProfile(Table, table=True):
    """Values of a model that are not its preset's: name → value, origin, reason."""

    __tablename__ = "model_profiles"

    model: str = Field(sa_column=_text(primary_key=True))
    values: dict[str, Any] = Field(sa_column=_json())
    version: int = 1
    updated_by: str = Field(sa_column=_text())
    updated_at: datetime = Field(sa_column=_time())


class Adapter(Table, table=True):
    """A LoRA adapter that an engine's server may load; `name` is the full one, `adapter@version`."""

    __tablename__ = "adapters"

    engine_id: str = Field(sa_column=_text(primary_key=True))
    name: str = Field(sa_column=_text(primary_key=True))
    adapter: str = Field(sa_column=_text())
    adapter_version: str = Field(sa_column=_text())
    path: str = Field(sa_column=_text())
    note: str = Field(sa_column=_text())
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())


class AuditEntry(Table, table=True):
    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("audit_entries_subject", "subject_kind", "subject_id", "id"),
        Index("audit_entries_actor", "actor_id", "id"),
    )

    id: str = Field(sa_column=_text(primary_key=True))
    at: datetime = Field(sa_column=_time())
    actor_id: str = Field(sa_column=_text())
    actor_service: str = Field(sa_column=_text())
    action: str = Field(sa_column=_text())
    subject_kind: str = Field(sa_column=_text())
    subject_id: str = Field(sa_column=_text())
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    trace_id: str = Field(sa_column=_text())


class Revision(Table, table=True):
    """A number for each thing that services poll; it grows with every change."""

    __tablename__ = "revisions"

    name: str = Field(sa_column=_text(primary_key=True))
    number: int = Field(sa_column=Column(BigInteger, nullable=False))
