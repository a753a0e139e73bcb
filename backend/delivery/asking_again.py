"""What a claim asks of deliveries that have waited: what they were planned by may no longer hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.roles import Role
from backend.db.reads import Fetch
from backend.delivery.kinds import Channel, MessageKind, Reason
from backend.delivery.levels import priority_of
from backend.delivery.matters import Stores, over, stores_of
from backend.delivery.outdated import NEWS, Drop, Owner, PutOff, Waited, still_true
from backend.delivery.preference_document import completed_text

# Overtaken by what was sent, or goes now: what waits longer may be dropped itself, what matters less may be put off.
_WAITED = """
select
    d.id, d.reason, d.created_at, m.kind, m.category, m.priority, m.store_id, m.alert_id, m.notification_id,
    t.kind as channel, t.user_id, u.is_active, u.role, coalesce(p.document::text, '{}') as document,
    m.kind = any($2::text[]) and exists (
        select from delivery_messages after join deliveries later on later.message_id = after.id
        where (after.alert_id = m.alert_id or (m.alert_id is null and after.notification_id = m.notification_id))
          and after.id > m.id and after.kind = any($2::text[])
          and later.destination_id = d.destination_id
          and (later.status in ('sending', 'sent')
               or (later.status = 'pending' and later.next_attempt_at <= tocsin_now()
                   and later.priority_rank >= d.priority_rank))
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
    """What waits for the end of the person's quiet hours is asked about at once: they chose anew.

    Their destinations are locked by the caller, as before any deliveries.
    """
    await session.execute(_QUIET, {"user_id": user_id})


async def ask_again(
    fetch: Fetch, delivery_ids: Sequence[int], now: datetime, timezone: str
) -> dict[int, Drop | PutOff]:
    """Those of the deliveries that are not to be tried now, by their ids; `timezone` is of who chose none."""
    if not delivery_ids:
        return {}
    rows = await fetch(_WAITED, list(delivery_ids), list(NEWS))
    is_over = await over(fetch, rows)
    owners = {row["id"]: _owner(row, timezone) for row in rows}
    stores = await stores_of(fetch, [row for row in rows if _has_rules(owners[row["id"]])])
    answers = {
        row["id"]: still_true(
            _waited(row, owners[row["id"]], stores.get(row["id"], {}), is_over=row["id"] in is_over), now
        )
        for row in rows
    }
    return {delivery_id: answer for delivery_id, answer in answers.items() if answer is not None}


def _has_rules(owner: Owner | None) -> bool:
    """For some of the stores that it is about."""
    return owner is not None and bool(owner.preferences.overrides)


def _waited(row: Row, owner: Owner | None, stores: Stores, *, is_over: bool) -> Waited:
    return Waited(
        kind=MessageKind(row["kind"]),
        category=row["category"],
        priority=priority_of(row["priority"]),
        channel=Channel(row["channel"]),
        created_at=row["created_at"],
        reason=row["reason"],
        is_over=is_over,
        is_overtaken=row["is_overtaken"],
        owner=owner,
        stores=stores,
    )


def _owner(row: Row, timezone: str) -> Owner | None:
    if row["user_id"] is None:
        return None
    return Owner(row["is_active"], Role(row["role"]), completed_text(row["document"], timezone))
