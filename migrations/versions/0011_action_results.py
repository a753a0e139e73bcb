"""What an action started, so that its result is that of the run and not only that it began."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UP = (
    "alter table action_runs add column import_id bigint, add column letzshop_run_id bigint",
    "alter table action_runs drop constraint ck_action_runs_status",
    """
    alter table action_runs add constraint ck_action_runs_status
        check (status in ('pending', 'running', 'done', 'failed'))
    """,
    "drop index uq_action_runs_pending",
    """
    create unique index uq_action_runs_unfinished on action_runs (notification_id, kind)
        where status in ('pending', 'running')
    """,
    "create index ix_action_runs_import on action_runs (import_id) where status = 'running'",
    "create index ix_action_runs_letzshop_run on action_runs (letzshop_run_id) where status = 'running'",
)

_DOWN = (
    "update action_runs set status = 'done' where status = 'running'",
    "drop index ix_action_runs_letzshop_run",
    "drop index ix_action_runs_import",
    "drop index uq_action_runs_unfinished",
    "create unique index uq_action_runs_pending on action_runs (notification_id, kind) where status = 'pending'",
    "alter table action_runs drop constraint ck_action_runs_status",
    "alter table action_runs add constraint ck_action_runs_status check (status in ('pending', 'done', 'failed'))",
    "alter table action_runs drop column letzshop_run_id, drop column import_id",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
