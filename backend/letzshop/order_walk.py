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
from backend.letzshop.models import LetzshopRun
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


@dataclass(slots=True)
class OrderWalk:
    """The way of one attempt. `seen` are the unconfirmed shipments that it met; None when it began after the first."""

    attempt: RunAttempt
    client: LetzshopClient
    seen: set[str] | None = field(default=None)

    async def go(self, position: Position) -> None:
        """Take every page from `position` to the end of the last phase."""
        if position == walk_plan.first_position(self.attempt.kind):
            self.seen = set()
        at: Position | None = position
        while at is not None:
            page = await self.attempt.call(partial(self.client.shipments, state=at.phase, after=at.cursor))
            at = await self.attempt.job.database.retrying(partial(self._commit, at, page))

    async def _commit(self, at: Position, page: ShipmentPage, session: AsyncSession) -> Position | None:
        """Take one page and write how far the run is; the next position."""
        row = await self.attempt.ours(session)
        if row.cancel_requested_at is not None:
            raise CancelledByAdminError
        if (row.phase, row.page) != (at.phase, at.page - 1):
            raise TakenOverError(f"run {row.id} is at page {row.page} of {row.phase}")
        await self._take(session, row, page)
        row.page, row.status = at.page, RunStatus.PROCESSING.value
        following = walk_plan.next_in_phase(at, page.end_cursor, has_next_page=page.has_next_page)
        if following is None:
            following = await self._end_phase(session, row, at, page)
        else:
            row.cursor = following.cursor
        hint_run(session, row)
        await self.attempt.job.progressed(session)
        return following

    async def _take(self, session: AsyncSession, row: LetzshopRun, page: ShipmentPage) -> None:
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
        if self.seen is not None and row.phase == UNCONFIRMED:
            self.seen.update(order.external_shipment_id for order in orders)

    async def _end_phase(
        self, session: AsyncSession, row: LetzshopRun, at: Position, page: ShipmentPage
    ) -> Position | None:
        credentials = await credentials_of(session, self.attempt.store_id, for_update=True)
        if credentials is not None and at.phase == CONFIRMED:
            credentials.confirmed_cursor = page.end_cursor or at.cursor
        phase = walk_plan.phase_after(self.attempt.kind, at.phase)
        if phase is None:
            return None
        begin = None
        if credentials is not None and self.attempt.kind is RunKind.SYNC:
            beginning = walk_plan.where_to_begin(
                credentials.confirmed_cursor,
                walked_at=credentials.walked_at,
                vanished=await self._vanished(session),
                now=self.attempt.job.clock.now(),
            )
            log.info("letzshop_confirmed_begin", run_id=row.id, reason=beginning.reason)
            begin = beginning.cursor
        if credentials is not None and begin is None and phase == CONFIRMED:
            credentials.walked_at = self.attempt.job.clock.now()
        row.phase, row.page, row.cursor = phase, 0, begin
        return Position(phase, 1, begin)

    async def _vanished(self, session: AsyncSession) -> set[str] | None:
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
