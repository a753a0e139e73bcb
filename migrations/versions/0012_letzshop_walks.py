"""What a sync has to remember: how the last one failed, since when silence counts, which shipments are lost."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UP = (
    """
    alter table letzshop_credentials
        add column last_outcome text,
        add column silence_counts_from timestamptz not null default tocsin_now(),
        add column lost_shipments text[] not null default '{}'
    """,
    """
    update letzshop_credentials
    set silence_counts_from = greatest(coalesce(last_success_at, connected_at), connected_at)
    """,
    "alter table letzshop_runs add column outcome text",
)

_DOWN = (
    "alter table letzshop_runs drop column outcome",
    """
    alter table letzshop_credentials
        drop column lost_shipments, drop column silence_counts_from, drop column last_outcome
    """,
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
