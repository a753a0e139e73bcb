"""Which exceptions no person settled, so that a changed item may be matched anew; the orders that wait, of a store."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UP = (
    "alter table order_item_exceptions add column is_automatic boolean not null default false",
    # Until now only its note told.
    """
    update order_item_exceptions set is_automatic = true
    where status = 'resolved' and resolved_by_user_id is null and resolution_notes like 'Matched by product import %'
    """,
    # Every sync asks which of its store's orders wait.
    "create index ix_orders_waiting on orders (store_id, channel) where status = 'pending'",
)

_DOWN = (
    "drop index ix_orders_waiting",
    "alter table order_item_exceptions drop column is_automatic",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
