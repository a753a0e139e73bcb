import httpx
from litestar import Litestar

from backend.db.database import Database


async def test_a_migrated_database_is_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/ready")).json() == {"status": "ready"}
    assert (await client.get("/health/live")).json() == {"status": "live"}


async def test_a_database_of_another_revision_is_not(client: httpx.AsyncClient, app: Litestar) -> None:
    head = app.state.head_revision
    app.state.head_revision = "9999"
    try:
        answer = await client.get("/health/ready")
    finally:
        app.state.head_revision = head
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_database_without_tables_is_not(client: httpx.AsyncClient, database: Database) -> None:
    await database.reads.execute("alter table alembic_version rename to alembic_version_away")
    try:
        answer = await client.get("/health/ready")
    finally:
        await database.reads.execute("alter table alembic_version_away rename to alembic_version")
    assert answer.status_code == 503


async def test_metrics_count_requests_by_route_and_what_waits(client: httpx.AsyncClient) -> None:
    await client.get("/api/v1/admin/notifications/7")
    text: str = (await client.get("/metrics")).text
    assert 'route="/api/v1/admin/notifications/{notification_id}",status="401"' in text
    assert "/notifications/7" not in text
    for name in (
        'tocsin_jobs{state="dead"} 0.0',
        "tocsin_unread_notifications 0.0",
        'tocsin_open_alerts{severity="error"}',
    ):
        assert name in text
