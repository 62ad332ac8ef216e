"""Whether models' edits could be applied, by their form."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.create_table(
        "patch_answers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("edit_format", sa.String(16), nullable=False),
        sa.Column("usable", sa.Boolean, nullable=False),
        schema=SCHEMA,
    )
    op.create_index("ix_patch_answers_created_at", "patch_answers", ["created_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("patch_answers", schema=SCHEMA)
