"""Snoozing: a notification or an alert that comes back at a time."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_UP = (
    """
    alter table admin_notifications
        add column snoozed_until timestamptz,
        add column snoozed_by_user_id bigint,
        add column returned_at timestamptz,
        add column back_at timestamptz,
        add constraint fk_admin_notifications_snoozed_by
            foreign key (snoozed_by_user_id) references users (id) on delete set null
    """,
    """
    create index ix_admin_notifications_snoozed on admin_notifications (snoozed_until)
    where snoozed_until is not null
    """,
    # Those in the bell that came back: few, and shown before what is newer by its id.
    """
    create index ix_admin_notifications_returned on admin_notifications (returned_at)
    where returned_at is not null and not is_read and settled_at is null and deleted_at is null
    """,
    # All that were put off once and are back, read or not: a digest asks for those of its own time.
    """
    create index ix_admin_notifications_back_at on admin_notifications (back_at)
    where back_at is not null and deleted_at is null
    """,
    """
    alter table platform_alerts
        add column snoozed_until timestamptz,
        add column snoozed_by_user_id bigint,
        add column returned_at timestamptz,
        add constraint fk_platform_alerts_snoozed_by
            foreign key (snoozed_by_user_id) references users (id) on delete set null
    """,
    "create index ix_platform_alerts_snoozed on platform_alerts (snoozed_until) where snoozed_until is not null",
)

_DOWN = (
    "alter table platform_alerts drop column snoozed_until, drop column snoozed_by_user_id, drop column returned_at",
    """
    alter table admin_notifications
        drop column snoozed_until, drop column snoozed_by_user_id, drop column returned_at, drop column back_at
    """,
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
