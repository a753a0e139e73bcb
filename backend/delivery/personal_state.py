"""How people's own addresses do, as the API shows it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import msgspec

from backend.auth import Person, names_of_users, person
from backend.core.fields import JsonObject
from backend.db.reads import Reads
from backend.delivery.kinds import Channel
from backend.delivery.models import Destination
from backend.delivery.personal_channels import has_address
from backend.delivery.preference_schemas import ChannelState

_FIELDS = ChannelState.__struct_fields__
_UNUSED: JsonObject = {name: name == "is_enabled" or None for name in _FIELDS}

_OWN = f"""
select user_id, kind, {", ".join(_FIELDS)} from delivery_destinations
where user_id is not null and (kind = 'email' or sealed_address is not null) order by user_id, kind
"""  # noqa: S608 - names of our own fields

Row = Any  # Any: a database row, read by column name


class OwnChannelOut(ChannelState, kw_only=True):
    channel: Channel


class ReachOut(msgspec.Struct):
    """A person and the channels of their own that have an address."""

    user: Person | None
    channels: list[OwnChannelOut]


class PeopleOut(msgspec.Struct):
    items: list[ReachOut]


def state_of(row: Destination | None) -> JsonObject:
    """The fields of ChannelState; those of an address that was never used, or is none, are the usual ones."""
    if row is None or not has_address(row):
        return _UNUSED
    return {name: getattr(row, name) for name in _FIELDS}


async def people_reached(reads: Reads) -> PeopleOut:
    """All who have a channel of their own, by name."""
    rows = await reads.fetch(_OWN)
    names = await names_of_users(reads, {row["user_id"] for row in rows})
    people = [ReachOut(person(names, user_id), [_channel(row) for row in own]) for user_id, own in _by_person(rows)]
    return PeopleOut(sorted(people, key=lambda one: one.user.name.casefold() if one.user else ""))


def _by_person(rows: Iterable[Row]) -> Iterable[tuple[int, Iterable[Row]]]:
    return groupby(rows, key=lambda row: row["user_id"])


def _channel(row: Row) -> OwnChannelOut:
    return OwnChannelOut(channel=Channel(row["kind"]), **{name: row[name] for name in _FIELDS})
