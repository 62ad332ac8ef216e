"""Thresholds of retrieval as measured anew; what an admin has set stays."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

THRESHOLDS = {"small": (0.35, 0.30, 4), "medium": (0.3, 0.20, 6), "large": (0.25, 0.15, 8)}
"""Of each class of models: the threshold as first set, the measured one, and the number of hits."""
_REPLACE = sa.text(
    "UPDATE admin.settings SET document = jsonb_set(document, ARRAY['retrieval', :name], "
    "jsonb_build_object('threshold', CAST(:new AS numeric), 'limit', CAST(:hits AS integer))) "
    "WHERE document #> ARRAY['retrieval', :name] = "
    "jsonb_build_object('threshold', CAST(:old AS numeric), 'limit', CAST(:hits AS integer))"
)


def upgrade() -> None:
    for name, (old, new, hits) in THRESHOLDS.items():
        op.get_bind().execute(_REPLACE, {"name": name, "old": old, "new": new, "hits": hits})


def downgrade() -> None:
    for name, (old, new, hits) in THRESHOLDS.items():
        op.get_bind().execute(_REPLACE, {"name": name, "old": new, "new": old, "hits": hits})
