"""How calls are spread over an engine: weight, limits, aliases, capabilities, models at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "admin"
COLUMNS = ("weight", "max_concurrency", "max_queue", "aliases", "capabilities", "models_at_once")
DEFAULTS = {"weight": sa.text("1"), "max_queue": sa.text("64"), "aliases": sa.text("'[]'::jsonb")}


def upgrade() -> None:
    columns = (
        sa.Column("weight", sa.Float, nullable=False, server_default=DEFAULTS["weight"]),
        sa.Column("max_concurrency", sa.Integer),
        sa.Column("max_queue", sa.Integer, nullable=False, server_default=DEFAULTS["max_queue"]),
        sa.Column("aliases", JSONB, nullable=False, server_default=DEFAULTS["aliases"]),
        sa.Column("capabilities", JSONB),
        sa.Column("models_at_once", sa.Integer),
    )
    for column in columns:
        op.add_column("engines", column, schema=SCHEMA)
    for name in DEFAULTS:  # for the rows that were there; new ones get theirs from the code
        op.alter_column("engines", name, server_default=None, schema=SCHEMA)


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("engines", name, schema=SCHEMA)
