"""Whoever did something, as every page shows them."""

from collections.abc import Mapping

import msgspec


class Person(msgspec.Struct):
    id: int
    name: str


def person(people: Mapping[int, str], user_id: int | None) -> Person | None:
    """The person of an id, out of `names_of_users`; None for nobody. Who is gone by now has no name."""
    return None if user_id is None else Person(id=user_id, name=people.get(user_id, ""))
