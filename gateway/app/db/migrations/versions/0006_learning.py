"""What is learnt from: how each attempt of an engine ended, and what people think of patches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SCHEMA = "gateway"


def upgrade() -> None:
    op.add_column("generations", sa.Column("attempts", sa.JSON), schema=_SCHEMA)
    op.create_index(
        "ix_generations_feedback", "generations", ["id"], schema=_SCHEMA,
        postgresql_where=sa.text("feedback IS NOT NULL"),
    )  # fmt: skip
    op.create_index("ix_generations_created_at", "generations", ["created_at"], schema=_SCHEMA)
    op.add_column("patches", sa.Column("feedback", sa.JSON), schema=_SCHEMA)


def downgrade() -> None:
    op.drop_column("patches", "feedback", schema=_SCHEMA)
    op.drop_index("ix_generations_created_at", "generations", schema=_SCHEMA)
    op.drop_index("ix_generations_feedback", "generations", schema=_SCHEMA)
    op.drop_column("generations", "attempts", schema=_SCHEMA)
