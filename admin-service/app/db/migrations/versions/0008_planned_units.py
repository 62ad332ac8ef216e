"""How many users or sessions an experiment wants in each arm."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "admin"


def upgrade() -> None:
    planned = sa.Column("planned_units", sa.Integer, nullable=False, server_default="20")
    op.add_column("experiments", planned, schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("experiments", "planned_units", schema=SCHEMA)
