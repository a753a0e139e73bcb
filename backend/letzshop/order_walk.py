"""The way of a sync or a historical import: page after page, each committed with its progress in one transaction.

Killed at any moment, the next attempt goes on after the last committed page. No session is held while Letzshop is
asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.letzshop import walk_plan
from backend.letzshop.attempt import CancelledByAdminError, RunAttempt, TakenOverError
from backend.letzshop.client import LetzshopClient, ShipmentPage
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.repository import credentials_of
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import hint_run
from backend.letzshop.shipment_reading import BrokenShipment, read_shipment
from backend.letzshop.walk_plan import CONFIRMED, UNCONFIRMED, Position
from backend.orders import IncomingOrder, OrderService

log = structlog.get_logger()

CHANNEL = "letzshop"
# Of a run so many errors are kept with it; the count goes on.
MOST_ERRORS_KEPT = 100
MOST_LOST_KEPT = 1_000


@dataclass(slots=True)
class OrderWalk:
    """The way of one attempt.

    `seen` are the unconfirmed shipments that it met; None when it began after the first page. `bad_pages` are the
    cursors of the pages of confirmed ones of which something could not be taken.
    """

    attempt: RunAttempt
    client: LetzshopClient
    seen: set[str] | None = field(default=None)
    bad_pages: list[str | None] = field(default_factory=list)
    skip_to: str | None = field(default=None)
    has_skipped: bool = field(default=False)

    async def go(self, position: Position) -> None:
        """Take every page from `position` to the end of the last phase."""
        if position == walk_plan.first_position(self.attempt.kind):
            self.seen = set()
        at: Position | None = position
        while at is not None:
            page = await self.attempt.call(partial(self.client.shipments, state=at.phase, after=at.cursor))
            following = await self.attempt.job.database.retrying(partial(self._commit, at, page))
            if following is not None and self.skip_to is not None and following.cursor == self.skip_to:
                # Once there, one page follows the other.
                self.skip_to, self.has_skipped = None, following.cursor != page.end_cursor
            at = following

    async def _commit(self, at: Position, page: ShipmentPage, session: AsyncSession) -> Position | None:
        """Take one page and write how far the run is; the next position."""
        row = await self.attempt.ours(session)
        if row.cancel_requested_at is not None:
            raise CancelledByAdminError
        if (row.phase, row.page) != (at.phase, at.page - 1):
            raise TakenOverError(f"run {row.id} is at page {row.page} of {row.phase}")
        is_known = await self._take(session, row, at, page)
        row.page, row.status = at.page, RunStatus.PROCESSING.value
        # It got ahead: what it was asked to wait for is over.
        row.delays = 0
        skip_to = self.skip_to if is_known and at.phase == CONFIRMED else None
        following = walk_plan.next_in_phase(at, page.end_cursor, has_next_page=page.has_next_page, skip_to=skip_to)
        if following is None:
            following = await self._end_phase(session, row, at)
        else:
            row.cursor = following.cursor
        hint_run(session, row)
        await self.attempt.job.progressed(session)
        return following

    async def _take(self, session: AsyncSession, row: LetzshopRun, at: Position, page: ShipmentPage) -> bool:
        """Take what a page brings; whether all of it was known."""
        read = [read_shipment(node) for node in page.nodes]
        orders = [order for order in read if isinstance(order, IncomingOrder)]
        broken = [order for order in read if isinstance(order, BrokenShipment)]
        taken = await OrderService(session, self.attempt.job.clock).take(
            store_id=self.attempt.store_id, channel=CHANNEL, orders=orders
        )
        row.shipments_fetched += len(page.nodes)
        row.orders_created += taken.created
        row.orders_updated += taken.updated
        row.orders_unchanged += taken.unchanged
        _keep_errors(row, broken, page.complaints)
        if self.seen is not None and at.phase == UNCONFIRMED:
            self.seen.update(order.external_shipment_id for order in orders)
        is_bad = bool(broken or page.complaints)
        if is_bad and at.phase == CONFIRMED:
            self.bad_pages.append(at.cursor)
        return not is_bad and taken.created == taken.updated == 0

    async def _end_phase(self, session: AsyncSession, row: LetzshopRun, at: Position) -> Position | None:
        credentials = await credentials_of(session, self.attempt.store_id, for_update=True)
        # Another key is another shop, whose list this was not.
        if credentials is not None and row.started_at is not None and credentials.updated_at <= row.started_at:
            if at.phase == CONFIRMED:
                await self._remember(session, row, at, credentials)
            else:
                await self._plan_skipping(session, row, credentials)
        phase = walk_plan.phase_after(self.attempt.kind, at.phase)
        if phase is None:
            return None
        row.phase, row.page, row.cursor = phase, 0, None
        return Position(phase, 1, None)

    async def _remember(
        self, session: AsyncSession, row: LetzshopRun, at: Position, credentials: LetzshopCredentials
    ) -> None:
        """What the next sync may leave out: nothing of what this one could not take."""
        is_resumed = self.seen is None
        if is_resumed and row.error_count:
            credentials.confirmed_cursor = None
        else:
            credentials.confirmed_cursor = self.bad_pages[0] if self.bad_pages else at.cursor
        if is_resumed or self.has_skipped:
            return
        credentials.walked_at = self.attempt.job.clock.now()
        if self.attempt.kind is RunKind.SYNC and row.error_count == 0:
            lost = await self._vanished(session)
            credentials.lost_shipments = sorted(lost or ())[:MOST_LOST_KEPT]

    async def _plan_skipping(self, session: AsyncSession, row: LetzshopRun, credentials: LetzshopCredentials) -> None:
        if self.attempt.kind is not RunKind.SYNC:
            return
        vanished = await self._vanished(session)
        if vanished is not None:
            # One that is listed again may vanish anew.
            credentials.lost_shipments = [lost for lost in credentials.lost_shipments if lost in vanished]
            vanished -= set(credentials.lost_shipments)
        skipping = walk_plan.what_to_skip(
            credentials.confirmed_cursor,
            walked_at=credentials.walked_at,
            vanished=vanished,
            is_on_demand=row.is_on_demand,
            now=self.attempt.job.clock.now(),
        )
        log.debug("letzshop_skipping", run_id=row.id, reason=skipping.reason)
        self.skip_to = skipping.to

    async def _vanished(self, session: AsyncSession) -> set[str] | None:
        """The shipments that wait here but that the list of unconfirmed ones lacked; None when that is not known."""
        if self.seen is None:
            return None
        waiting = await OrderService(session, self.attempt.job.clock).waiting_shipments(
            store_id=self.attempt.store_id, channel=CHANNEL
        )
        return waiting - self.seen


def _keep_errors(row: LetzshopRun, broken: Sequence[BrokenShipment], complaints: Sequence[str]) -> None:
    """Count what could not be taken, and keep the first of it with the run.

    What Letzshop complains of beside its data is counted only when no shipment is missing for it: a shipment that it
    left out would count twice.
    """
    found = [{"shipment_id": each.shipment_id, "message": each.message} for each in broken]
    if complaints and not found:
        found = [{"shipment_id": None, "message": message} for message in complaints]
    elif complaints:
        nameless = iter(complaints)
        found = [
            each if each["shipment_id"] is not None else {**each, "message": next(nameless, each["message"])}
            for each in found
        ]
    row.error_count += len(found)
    if found and len(row.errors) < MOST_ERRORS_KEPT:
        row.errors = [*row.errors, *found][:MOST_ERRORS_KEPT]
