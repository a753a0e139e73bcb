from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import everybody
from backend.core.errors import InvalidInputError
from backend.db.reads import fetch_within
from backend.delivery.escalation_schemas import EscalationOut, StepIn, StepOut
from backend.delivery.models import Destination, EscalationStep
from backend.delivery.named import Named
from backend.delivery.precondition import ReadAt, check_unchanged

# A second writer would not see the rows that the first one is about to commit, and write the same positions. Whoever
# reads goes on.
_ONE_AT_A_TIME = text("lock table delivery_escalation_steps in share row exclusive mode")


class EscalationService:
    """The one policy of the platform, within the caller's transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def policy(self) -> EscalationOut:
        """The steps, with the names of those who still exist."""
        steps = (await self._session.scalars(select(EscalationStep).order_by(EscalationStep.position))).all()
        people = {person.id: person.name for person in await everybody(fetch_within(self._session))}
        destinations = await self._destinations()
        return EscalationOut(
            steps=[
                StepOut(
                    after_minutes=step.after_minutes,
                    people=_named(step.user_ids, people),
                    destinations=_named(step.destination_ids, destinations),
                )
                for step in steps
            ],
            updated_at=max((step.updated_at for step in steps), default=None),
        )

    async def replace(self, steps: Sequence[StepIn], *, read_at: ReadAt = msgspec.UNSET) -> None:
        """Keep these steps in place of the former ones; InvalidInputError names what is wrong.

        ChangedSinceReadError when `read_at` is given and is not when the former ones were written.
        """
        people = {person.id for person in await everybody(fetch_within(self._session)) if person.is_active}
        destinations = await self._destinations()
        for place, step in enumerate(steps):
            _refuse(place, step, steps[:place], people, destinations)
        await self._session.execute(_ONE_AT_A_TIME)
        check_unchanged(read_at, await self._session.scalar(select(func.max(EscalationStep.updated_at))))
        await self._session.execute(delete(EscalationStep))
        self._session.add_all(
            EscalationStep(
                position=position,
                after_minutes=step.after_minutes,
                user_ids=sorted(set(step.user_ids)),
                destination_ids=sorted(set(step.destination_ids)),
            )
            for position, step in enumerate(steps, start=1)
        )
        await self._session.flush()

    async def _destinations(self) -> dict[int, str]:
        rows = await self._session.execute(
            select(Destination.id, Destination.name).where(
                Destination.user_id.is_(None), Destination.deleted_at.is_(None)
            )
        )
        return {row.id: row.name for row in rows}


def _refuse(
    place: int, step: StepIn, earlier: Sequence[StepIn], people: Collection[int], destinations: Collection[int]
) -> None:
    path = f"steps.{place}"
    if earlier and step.after_minutes <= earlier[-1].after_minutes:
        raise InvalidInputError.field(f"{path}.after_minutes", "must be later than the step before")
    if not step.user_ids and not step.destination_ids:
        raise InvalidInputError.field(path, "must name a person or a destination")
    for index, user_id in enumerate(step.user_ids):
        if user_id not in people:
            raise InvalidInputError.field(f"{path}.user_ids.{index}", f"there is no active person {user_id}")
    for index, destination_id in enumerate(step.destination_ids):
        if destination_id not in destinations:
            raise InvalidInputError.field(
                f"{path}.destination_ids.{index}", f"there is no destination {destination_id}"
            )


def _named(ids: Sequence[int], names: dict[int, str]) -> list[Named]:
    return [Named(id=found, name=names[found]) for found in ids if found in names]
