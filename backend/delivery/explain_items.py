"""Who got it or did not, as the API shows them: each with the deliveries that belong there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from backend.auth import names_of_users, person
from backend.db.reads import Reads
from backend.delivery.delivery_schemas import TriedDeliveryOut
from backend.delivery.detail_names import named
from backend.delivery.explain_schemas import ExplainedOut
from backend.delivery.kinds import Decision, MessageKind
from backend.delivery.verdict import Verdict

_DESTINATIONS = "select id, name from delivery_destinations where id = any($1::bigint[])"

# A destination's id; or a person's, for their digests.
_Place = tuple[str, int | None]


async def shown(
    reads: Reads, explained: Sequence[Verdict], deliveries: Iterable[TriedDeliveryOut]
) -> list[ExplainedOut]:
    people = await names_of_users(reads, {one.user_id for one in explained if one.user_id is not None})
    names = await _names(reads, explained)
    reasons = await named(reads, [one.detail_args for one in explained])
    found = _by_place(deliveries)
    return [
        ExplainedOut(
            user=person(people, one.user_id),
            destination_id=one.destination_id,
            destination_name=names.get(one.destination_id),
            channel=one.channel,
            decision=one.decision,
            reason=one.reason,
            detail=one.detail,
            detail_code=one.detail_code,
            detail_args=args,
            at=one.at,
            deliveries=_of(one, found),
        )
        for one, args in zip(explained, reasons, strict=True)
    ]


async def _names(reads: Reads, explained: Sequence[Verdict]) -> dict[int | None, str]:
    ids = {one.destination_id for one in explained if one.destination_id is not None}
    return {row["id"]: row["name"] for row in await reads.fetch(_DESTINATIONS, list(ids))}


def _by_place(deliveries: Iterable[TriedDeliveryOut]) -> Mapping[_Place, list[TriedDeliveryOut]]:
    found: defaultdict[_Place, list[TriedDeliveryOut]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.kind is MessageKind.DIGEST:
            # It may come by another channel than the one that left it to the digest.
            found["digest", delivery.user.id if delivery.user else None].append(delivery)
        else:
            found["destination", delivery.destination_id].append(delivery)
    return found


def _of(one: Verdict, found: Mapping[_Place, list[TriedDeliveryOut]]) -> list[TriedDeliveryOut]:
    digests = found.get(("digest", one.user_id), []) if one.decision is Decision.DIGEST else []
    return [*found.get(("destination", one.destination_id), []), *digests]
