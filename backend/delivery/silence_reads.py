"""Silences as the API shows them: the list, and one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.auth import names_of_users, person
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Fetch, Reads
from backend.db.where import Condition, where_clause
from backend.delivery.named import Named
from backend.delivery.silence_errors import SilenceNotFoundError
from backend.delivery.silence_schemas import MatchersOut, SilenceOut
from backend.delivery.silence_terms import SilenceState, state_of
from backend.tenancy import names_of_merchants, names_of_stores

_ONE = "select * from silences where id = $1::bigint"
# $? is now; these say in SQL what state_of says.
_IN_STATE = {
    SilenceState.ENDED: "ended_at is not null or ends_at <= $?::timestamptz",
    SilenceState.SCHEDULED: "ended_at is null and ends_at > $?::timestamptz and starts_at > $?::timestamptz",
    SilenceState.ACTIVE: "ended_at is null and ends_at > $?::timestamptz and starts_at <= $?::timestamptz",
}

Row = Any  # Any: a database row, read by column name


async def silence_page(
    reads: Reads, states: Sequence[SilenceState], *, now: datetime, limit: int, cursor: str | None
) -> Page[SilenceOut]:
    """One page, newest first, of those in one of `states`; of all when there is none."""
    wanted = sorted(set(states))
    scope = ("silences", wanted)
    where, values = where_clause(_conditions(wanted, now, decode_cursor(cursor, int, scope=scope)))
    sql = f"select * from silences where {where} order by id desc limit ${len(values) + 1}::bigint"  # noqa: S608 - ours
    rows = await reads.fetch(sql, *values, limit + 1)
    return page_of(await _shown(reads, rows, now), limit, lambda item: item.id, scope=scope)


async def one_silence(reads: Reads, silence_id: int, *, now: datetime, within: Fetch | None = None) -> SilenceOut:
    """One silence, `within` a transaction that changed it; SilenceNotFoundError."""
    fetch: Fetch = within or reads.fetch
    rows = await fetch(_ONE, silence_id)
    if not rows:
        raise SilenceNotFoundError(silence_id)
    (found,) = await _shown(reads, rows, now)
    return found


def _conditions(states: Sequence[SilenceState], now: datetime, before_id: int | None) -> Iterable[Condition]:
    if states:
        yield "(" + " or ".join(f"({_IN_STATE[state]})" for state in states) + ")", now
    if before_id is not None:
        yield "id < $?::bigint", before_id


async def _shown(reads: Reads, rows: Sequence[Row], now: datetime) -> list[SilenceOut]:
    people = await names_of_users(reads, _people(rows))
    stores = await names_of_stores(reads, {store_id for row in rows for store_id in row["store_ids"]})
    merchants = await names_of_merchants(reads, {merchant_id for row in rows for merchant_id in row["merchant_ids"]})
    return [_out(row, now, people, stores, merchants) for row in rows]


def _people(rows: Iterable[Row]) -> set[int]:
    names = ("created_by_user_id", "ended_by_user_id")
    return {row[name] for row in rows for name in names if row[name] is not None}


def _out(
    row: Row, now: datetime, people: Mapping[int, str], stores: Mapping[int, str], merchants: Mapping[int, str]
) -> SilenceOut:
    return SilenceOut(
        id=row["id"],
        matchers=MatchersOut(
            store_ids=list(row["store_ids"]),
            merchant_ids=list(row["merchant_ids"]),
            types=list(row["types"]),
            priorities=list(row["priorities"]),
            text=row["phrase"],
        ),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        ended_at=row["ended_at"],
        state=state_of(row["starts_at"], row["ends_at"], row["ended_at"], now),
        comment=row["comment"],
        created_by=person(people, row["created_by_user_id"]),
        ended_by=person(people, row["ended_by_user_id"]),
        store_names=_named(row["store_ids"], stores),
        merchant_names=_named(row["merchant_ids"], merchants),
        created_at=row["created_at"],
    )


def _named(ids: Iterable[int], names: Mapping[int, str]) -> list[Named]:
    return [Named(id=found, name=names[found]) for found in ids if found in names]
