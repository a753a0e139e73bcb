"""Checking domains by their TXT records: one when it is asked for, all in use every few hours."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject, storable
from backend.jobs import JobKind, JobRun, in_one_transaction, publish
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_owner import OwnerKind, owner_of
from backend.tenancy.domain_repository import DomainRepository
from backend.tenancy.domain_service import VERIFY_DOMAIN, enqueue_check
from backend.tenancy.events import DomainVerificationFailed
from backend.tenancy.txt_lookup import DnsResolver, TxtResolver, look_up
from backend.tenancy.verification import Checked, Standing, after_check, is_due, judge

RECHECK_DOMAINS = "tenancy.recheck_domains"


async def recheck_domains(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Queue a check of each domain that is due for one."""
    del payload
    for domain in await DomainRepository(session).to_recheck():
        if is_due(
            is_verified=domain.is_verified,
            last_checked_at=domain.last_checked_at,
            created_at=domain.created_at,
            now=clock.now(),
        ):
            await enqueue_check(session, owner_of(domain).kind, domain.id, is_asked=False)


class DomainCheck:
    """The job of one check: look up, then write down what it says; no transaction is open while DNS is asked."""

    def __init__(self, resolver: TxtResolver) -> None:
        self._resolver = resolver

    async def run(self, run: JobRun) -> None:
        kind, domain_id = OwnerKind(run.payload["owner"]), run.payload["domain_id"]
        async with run.database.unit_of_work() as session:
            domain = await session.get(kind.domains, domain_id)
        if domain is None:
            return
        answer = await look_up(self._resolver, domain.domain)
        checked = judge(domain.domain, domain.verification_token, answer)
        async with run.finishing() as session:
            found = await DomainRepository(session).locked(kind, domain_id)
            if found is not None:
                await conclude(session, run.clock, found, checked, is_asked=run.payload["is_asked"])


async def conclude(session: AsyncSession, clock: Clock, domain: Domain, checked: Checked, *, is_asked: bool) -> None:
    """Write down what a check said, and tell of it when it ends a verification or was asked for."""
    before = Standing(domain.is_verified, domain.dns_failures, domain.is_failure_told)
    verdict = after_check(before, checked.outcome, is_asked=is_asked)
    now = clock.now()
    after = verdict.standing
    domain.is_verified, domain.dns_failures, domain.is_failure_told = after
    if after.is_verified != before.is_verified:
        domain.verified_at = now if after.is_verified else None
    domain.last_checked_at = domain.updated_at = now
    domain.last_error = storable(checked.explanation) if checked.explanation is not None else None
    if verdict.tells:
        await publish(session, _failed(domain, checked))


def _failed(domain: Domain, checked: Checked) -> DomainVerificationFailed:
    owner = owner_of(domain)
    return DomainVerificationFailed(
        store_id=owner.id if owner.kind is OwnerKind.STORE else None,
        merchant_id=owner.id if owner.kind is OwnerKind.MERCHANT else None,
        domain=domain.domain,
        reason=checked.outcome.value,
        explanation=domain.last_error or "",
    )


def job_kinds(resolver: TxtResolver) -> Sequence[JobKind]:
    """The jobs of tenancy, with whoever answers for DNS."""
    return [
        JobKind(VERIFY_DOMAIN, DomainCheck(resolver).run),
        JobKind(RECHECK_DOMAINS, in_one_transaction(recheck_domains)),
    ]


JOB_KINDS = job_kinds(DnsResolver())
