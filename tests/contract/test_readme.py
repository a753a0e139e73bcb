"""The README's code runs as it stands there."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from backend.core.clock import SystemClock
from backend.db.database import Database

pytestmark = pytest.mark.contract

README = Path(__file__).resolve().parents[2] / "README.md"


def example() -> dict[str, Any]:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    return names


async def test_the_example_raises_a_notification_and_the_next_success_heals_its_alert(database: Database) -> None:
    names = example()
    clock = SystemClock()

    async with database.unit_of_work() as session:
        await names["price_feed_failed"](session, clock, 7, "The feed has no price column.")
    async with database.unit_of_work() as session:
        raised = (await session.execute(text("select title, settled_at, alert_id from admin_notifications"))).one()
    assert raised.title == "Orion Épicerie: price feed failed"
    assert raised.alert_id is not None
    assert raised.settled_at is None

    async with database.unit_of_work() as session:
        await names["price_feed_worked"](session, clock, 7, 12)
    async with database.unit_of_work() as session:
        healed = (await session.execute(text("select is_resolved, resolution_notes from platform_alerts"))).one()
        settled = (await session.execute(text("select settled_reason from admin_notifications"))).scalar_one()
    assert (healed.is_resolved, healed.resolution_notes) == (True, "Healed by price feed run 12.")
    assert settled == "Healed by price feed run 12."
