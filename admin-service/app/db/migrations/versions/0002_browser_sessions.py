"""Sign-ins of browsers, and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "admin"


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "browser_sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "user_id", sa.Text, sa.ForeignKey(f"{SCHEMA}.users.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        _text("secret_hash"),
        _time("created_at"),
        _time("last_seen_at"),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        schema=SCHEMA,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("code_hash", sa.Text, nullable=False, unique=True),
        _text("email", nullable=True),
        _text("role"),
        _text("created_by"),
        _time("created_at"),
        _time("expires_at"),
        _time("used_at", nullable=True),
        _text("used_by", nullable=True),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("invitations", schema=SCHEMA)
    op.drop_table("browser_sessions", schema=SCHEMA)
