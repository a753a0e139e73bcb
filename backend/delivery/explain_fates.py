"""Reading what became of messages: their deliveries, what those were folded into, and the digests of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from backend.db.reads import Reads
from backend.delivery.delivery_reads import delivery_rows
from backend.delivery.explaining import Judged
from backend.delivery.fate import Fate
from backend.delivery.kinds import Decision, DeliveryStatus
from backend.delivery.verdict import Verdict

# Those of the messages, and what they were folded into; $2 limits to a person.
_DELIVERY_IDS = """
select d.id from deliveries d join delivery_destinations t on t.id = d.destination_id
where ($2::bigint is null or t.user_id = $2) and d.id in (
    select id from deliveries where message_id = any($1::bigint[])
    union all
    select folded_into_id from deliveries where message_id = any($1::bigint[]) and folded_into_id is not null
)
"""
# The digests that cover a time, also those that could go by no channel.
_DIGESTS = """
select w.user_id, w.ends_at, d.id as delivery_id
from delivery_digest_windows w left join deliveries d on d.message_id = w.message_id
where w.user_id = any($1::bigint[]) and w.ends_at > $2::timestamptz and w.starts_at <= $2::timestamptz
  and w.message_id is not null
"""

Row = Any  # Any: a database row, read by column name


class Fates(NamedTuple):
    """`rows` are of `delivery_rows`."""

    rows: Sequence[Row]
    # By message and destination.
    by_place: Mapping[tuple[int, int], Fate]
    # By person, with the end of the time that it covers.
    of_digests: Mapping[int, tuple[datetime, Fate]]

    def judged(self, message_id: int, verdicts: Iterable[Verdict]) -> list[Judged]:
        """The verdicts of a message, each with what came of it."""
        return [self._judged(message_id, verdict) for verdict in verdicts]

    def _judged(self, message_id: int, verdict: Verdict) -> Judged:
        if verdict.decision is Decision.DIGEST and verdict.user_id is not None:
            digest_at, fate = self.of_digests.get(verdict.user_id, (None, None))
            return Judged(verdict, fate, digest_at)
        if verdict.destination_id is None:
            return Judged(verdict)
        return Judged(verdict, self.by_place.get((message_id, verdict.destination_id)))


async def fates_of(
    reads: Reads, message_ids: Sequence[int], verdicts: Iterable[Verdict], *, rang_at: datetime, whose: int | None
) -> Fates:
    """Of all these messages; digests are of those whom the verdicts left it to, `whose` limits to one person."""
    digested = {one.user_id for one in verdicts if one.decision is Decision.DIGEST and one.user_id is not None}
    digests = await reads.fetch(_DIGESTS, list(digested), rang_at) if digested else []
    of_messages = await reads.fetch(_DELIVERY_IDS, list(message_ids), whose)
    of_digests = [row["delivery_id"] for row in digests if row["delivery_id"] is not None]
    rows = await delivery_rows(reads, [*(row["id"] for row in of_messages), *of_digests])
    by_id = _by_id(rows)
    return Fates(
        rows,
        {(row["message_id"], row["destination_id"]): by_id[row["id"]] for row in rows},
        {row["user_id"]: (row["ends_at"], by_id.get(row["delivery_id"]) or _nowhere(row)) for row in digests},
    )


def _by_id(rows: Collection[Row]) -> dict[int, Fate]:
    """What another one was folded into is not folded itself."""
    found = {row["id"]: _fate(row) for row in rows if row["folded_into_id"] is None}
    titles = {row["id"]: row["title"] for row in rows}
    folded = {
        row["id"]: _fate(row, found.get(row["folded_into_id"]), titles.get(row["folded_into_id"]))
        for row in rows
        if row["folded_into_id"] is not None
    }
    return found | folded


def _fate(row: Row, folded_into: Fate | None = None, folded_title: str | None = None) -> Fate:
    # What has arrived has, whatever comes of sending it once more.
    return Fate(
        status=DeliveryStatus.SENT if row["has_arrived"] else DeliveryStatus(row["status"]),
        now=row["now"],
        next_attempt_at=row["next_attempt_at"],
        reason=row["reason"],
        tries=row["tries"],
        silent_until=row["probe_at"],
        is_destination_gone=_is_gone(row),
        folded_into=folded_into,
        folded_title=folded_title,
    )


def _nowhere(digest: Row) -> Fate:
    """A digest that could go by no channel: its message was kept without a delivery."""
    return Fate(status=DeliveryStatus.DROPPED, now=digest["ends_at"], next_attempt_at=digest["ends_at"])


def _is_gone(row: Row) -> bool:
    deleted_at, finished_at = row["deleted_at"], row["finished_at"]
    return deleted_at is not None and finished_at is not None and finished_at >= deleted_at
