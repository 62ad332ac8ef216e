"""What an engine's release served, and which release a rollback takes back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "admin"
_SERVING = f"""(
    SELECT jsonb_build_object(
        'kind', kind, 'model', model,
        'url_hash', left(encode(sha256(convert_to(coalesce(base_url, ''), 'UTF8')), 'hex'), 16)
    ) FROM {SCHEMA}.engines WHERE id = %s
)"""  # noqa: S608 - constants of ours


def upgrade() -> None:
    """Of releases that are there, what their engines serve now is taken for what they served."""
    op.add_column("releases", sa.Column("served", JSONB), schema=SCHEMA)
    op.add_column("releases", sa.Column("undoes", sa.Text), schema=SCHEMA)
    value, before = _SERVING % "releases.value", _SERVING % "releases.before"
    served = f"jsonb_build_object('value', {value}, 'before', {before})"
    op.execute(f"UPDATE {SCHEMA}.releases SET served = {served} WHERE kind = 'engine'")  # noqa: S608 - constants of ours


def downgrade() -> None:
    for name in ("undoes", "served"):
        op.drop_column("releases", name, schema=SCHEMA)
