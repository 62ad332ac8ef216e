"""Generations know which experiment sent them to which arm."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "gateway"


def upgrade() -> None:
    op.add_column("generations", sa.Column("experiment_id", sa.String(36)), schema=SCHEMA)
    op.add_column("generations", sa.Column("experiment_arm", sa.Text), schema=SCHEMA)
    op.create_index(
        "ix_generations_experiment",
        "generations",
        ["experiment_id", "id"],
        schema=SCHEMA,
        postgresql_where=sa.text("experiment_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_generations_experiment", "generations", schema=SCHEMA)
    for column in ("experiment_arm", "experiment_id"):
        op.drop_column("generations", column, schema=SCHEMA)
