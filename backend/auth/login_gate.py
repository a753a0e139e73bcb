"""The throttle's shell: reads and writes the counts that `throttle` decides over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import LoginThrottle
from backend.auth.throttle import (
    FORGET_FAILURES_AFTER,
    TRUST_ADDRESS_FOR,
    Count,
    Refuse,
    Scope,
    Subject,
    account_subject,
    address_subject,
    decide,
    known_subject,
)
from backend.core.errors import TooManyRequestsError


class LoginThrottledError(TooManyRequestsError):
    code = "login_throttled"
    title = "Too many failed sign-ins"


@dataclass(frozen=True, slots=True)
class Admission:
    """An attempt that was let through and counted as failed for now."""

    failures: dict[Scope, int]


class LoginGate:
    """Admits attempts and clears what succeeded, within the caller's transaction."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def admit(self, email: str, address: str | None) -> Admission:
        """Count an attempt; raises LoginThrottledError when it comes too early."""
        subjects = await self._subjects(email, address)
        rows = await self._locked(subjects)
        counts = [Count(row.failures, row.blocked_until, row.updated_at) for row in rows]
        decision = decide(subjects, counts, now=self._now)
        if isinstance(decision, Refuse):
            raise LoginThrottledError(
                f"Too many failed sign-ins; try again in {decision.retry_after} s.", retry_after=decision.retry_after
            )
        for row, count in zip(rows, decision.counts, strict=True):
            row.failures, row.blocked_until, row.updated_at = count.failures, count.blocked_until, count.updated_at
        await self._session.flush()
        return Admission({subject.scope: row.failures for subject, row in zip(subjects, rows, strict=True)})

    async def succeeded(self, email: str, address: str | None, admission: Admission) -> None:
        """Trust this address for the account from now on, and give back what the attempt was counted.

        The address keeps its other failures: whoever owns one account must not wipe the traces of guessing at others.
        """
        values = {"failures": 0, "blocked_until": None, "succeeded_at": self._now, "updated_at": self._now}
        await self._session.execute(
            insert(LoginThrottle)
            .values({"subject": known_subject(email, address).key, **values})
            .on_conflict_do_update(index_elements=["subject"], set_=values)
        )
        if Scope.ADDRESS in admission.failures:
            await self._give_back(account_subject(email), failures=0)
            await self._give_back(address_subject(address), failures=func.greatest(LoginThrottle.failures - 1, 0))

    async def _give_back(self, subject: Subject, *, failures: object) -> None:
        await self._session.execute(
            update(LoginThrottle)
            .where(LoginThrottle.subject == subject.key)
            .values(failures=failures, blocked_until=None)
            .execution_options(synchronize_session=False)
        )

    async def remove_old(self) -> int:
        """Retention: rows that decide nothing any more; how many went."""
        removed = await self._session.execute(
            delete(LoginThrottle)
            .where(
                LoginThrottle.updated_at < self._now - FORGET_FAILURES_AFTER,
                or_(
                    LoginThrottle.succeeded_at.is_(None),
                    LoginThrottle.succeeded_at < self._now - TRUST_ADDRESS_FOR,
                ),
            )
            .returning(LoginThrottle.id)
        )
        return len(removed.all())

    async def _subjects(self, email: str, address: str | None) -> list[Subject]:
        known = known_subject(email, address)
        is_known = await self._session.scalar(
            select(func.count()).where(
                LoginThrottle.subject == known.key, LoginThrottle.succeeded_at > self._now - TRUST_ADDRESS_FOR
            )
        )
        return [known] if is_known else [account_subject(email), address_subject(address)]

    async def _locked(self, subjects: Sequence[Subject]) -> list[LoginThrottle]:
        """The subjects' rows, made when new, locked in one order so that attempts cannot deadlock."""
        statement = insert(LoginThrottle).values(
            [{"subject": key, "updated_at": self._now} for key in sorted(subject.key for subject in subjects)]
        )
        rows = await self._session.scalars(
            statement.on_conflict_do_update(
                index_elements=["subject"], set_={"subject": statement.excluded.subject}
            ).returning(LoginThrottle),
            execution_options={"populate_existing": True},
        )
        found = {row.subject: row for row in rows}
        return [found[subject.key] for subject in subjects]
