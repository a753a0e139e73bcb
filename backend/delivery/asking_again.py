"""What a claim asks of deliveries that have waited: what they were planned by may no longer hold."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import scope_of
from backend.core.roles import Role
from backend.db.reads import Fetch
from backend.delivery.kinds import Channel, MessageKind, Reason
from backend.delivery.levels import priority_of
from backend.delivery.outdated import NEWS, Drop, Owner, PutOff, Waited, still_true
from backend.delivery.preference_document import completed_text
from backend.notifications import over_among
from backend.tenancy import merchants_of_stores

_WAITED = """
select
    d.id, m.kind, m.category, m.priority, m.store_id, m.alert_id,
    case when m.alert_id is null then m.notification_id end as notification_id,
    t.kind as channel, t.user_id, u.is_active, u.role, coalesce(p.document::text, '{}') as document,
    exists (
        select from delivery_messages after join deliveries later on later.message_id = after.id
        where after.alert_id = m.alert_id and after.id > m.id and after.kind = any($2::text[])
          and later.destination_id = d.destination_id and later.status in ('pending', 'sending', 'sent')
    ) as is_overtaken
from deliveries d
join delivery_messages m on m.id = d.message_id
join delivery_destinations t on t.id = d.destination_id
left join users u on u.id = t.user_id
left join delivery_preferences p on p.user_id = t.user_id
where d.id = any($1::bigint[]) and t.kind <> 'webhook'
"""

_QUIET = text(f"""
update deliveries set next_attempt_at = tocsin_now()
where id in (
    select d.id from deliveries d join delivery_destinations t on t.id = d.destination_id
    where t.user_id = :user_id and d.status = 'pending' and d.reason = '{Reason.QUIET_HOURS}'
    order by d.id for update of d skip locked)
""")  # noqa: S608 - a constant of our own

Row = Any  # Any: a database row, read by column name


async def ask_quiet_again(session: AsyncSession, user_id: int) -> None:
    """What waits for the end of the person's quiet hours is asked about at once: they chose anew."""
    await session.execute(_QUIET, {"user_id": user_id})


async def ask_again(
    fetch: Fetch, delivery_ids: Sequence[int], now: datetime, timezone: str
) -> dict[int, Drop | PutOff]:
    """Those of the deliveries that are not to be tried now, by their ids; `timezone` is of who chose none."""
    if not delivery_ids:
        return {}
    rows = await fetch(_WAITED, list(delivery_ids), list(NEWS))
    over = await over_among(fetch, {row["notification_id"] for row in rows if row["notification_id"] is not None})
    answers = {}
    for row in rows:
        owner = _owner(row, timezone)
        stores = await _stores(fetch, row) if owner is not None and owner.preferences.overrides else {}
        answers[row["id"]] = still_true(_waited(row, owner, stores, is_settled=row["notification_id"] in over), now)
    return {delivery_id: answer for delivery_id, answer in answers.items() if answer is not None}


def _waited(row: Row, owner: Owner | None, stores: Mapping[int, int | None], *, is_settled: bool) -> Waited:
    return Waited(
        kind=MessageKind(row["kind"]),
        category=row["category"],
        priority=priority_of(row["priority"]),
        channel=Channel(row["channel"]),
        is_settled=is_settled,
        is_overtaken=row["is_overtaken"],
        owner=owner,
        stores=stores,
    )


def _owner(row: Row, timezone: str) -> Owner | None:
    if row["user_id"] is None:
        return None
    return Owner(row["is_active"], Role(row["role"]), completed_text(row["document"], timezone))


async def _stores(fetch: Fetch, row: Row) -> Mapping[int, int | None]:
    """Those that it is about, each with its merchant: for the rules that a person has for some of them."""
    if row["store_id"] is not None:
        found = [row["store_id"]]
    elif row["alert_id"] is not None:
        found = (await scope_of(fetch, row["alert_id"])).stores
    else:
        return {}
    merchants = await merchants_of_stores(fetch, found)
    return {store_id: merchants.get(store_id) for store_id in found}
