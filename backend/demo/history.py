"""Some weeks of a platform's past, as a plan: what broke, how often, for whom, how it ended, and who was told.

Pure: from the stores' names to a list of incidents, the same on every machine.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from backend.alerts import AlertType, Severity
from backend.notifications import NotificationType, Priority

_SEED = 1847
_DAYS = 24


@dataclass(frozen=True, slots=True)
class Notice:
    type: NotificationType
    priority: Priority
    title: str
    message: str
    store: int | None = None
    is_read: bool = True
    action_required: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """`stores` are indexes into the list of stores; `ago` is when it began, before now."""

    ago: timedelta
    alert_type: AlertType
    severity: Severity
    title: str
    description: str
    dedup_key: str
    notice: Notice
    stores: tuple[int, ...] = ()
    systems: tuple[str, ...] = ()
    occurrences: int = 1
    lasted: timedelta = timedelta(hours=2)
    ending: Literal["healed", "resolved", "open"] = "healed"
    notes: str = ""


def incidents(store_names: Sequence[str]) -> list[Incident]:
    """The demo's past: failed imports on many days, a few larger outages, and what is still open today."""
    dice = random.Random(_SEED)  # noqa: S311 - a believable past, not a secret
    past = [
        _failed_import(dice, store_names, timedelta(days=day, hours=dice.uniform(0, 20)))
        for day in range(2, _DAYS)
        for _ in range(dice.choice((0, 1, 1, 2)))
    ]
    return [*past, *_outages(store_names), *_still_open(store_names)]


def lone_notices(store_names: Sequence[str]) -> Iterator[tuple[timedelta, Notice]]:
    """Notices without an alert: unmatched orders, domains, and the quiet good news."""
    dice = random.Random(_SEED + 1)  # noqa: S311 - as above
    for day in range(_DAYS):
        for _ in range(dice.choice((1, 2, 2, 3))):
            ago = timedelta(days=day, hours=dice.uniform(0.4, 22))
            yield ago, _everyday_notice(dice, store_names, is_read=ago > timedelta(hours=20))


def _failed_import(dice: random.Random, names: Sequence[str], ago: timedelta) -> Incident:
    store = dice.randrange(len(names))
    reason = dice.choice(
        (
            "The feed has no column “price”; its columns are id, title, preis, availability.",
            "The feed's address answered 404 Not Found.",
            f"{dice.randint(5, 60)} of {dice.randint(1_200, 4_000):,} rows could not be imported: no readable price.",
            "The feed ended in the middle of row 1,284: an opening quote is never closed.",
        )
    )
    return Incident(
        ago=ago,
        alert_type=AlertType.INTEGRATION,
        severity=Severity.ERROR,
        title=f"Product import failing for {names[store]}",
        description=reason,
        dedup_key=f"demo-import:{store}",
        stores=(store,),
        systems=("product import",),
        occurrences=dice.choice((1, 1, 2, 3, 6)),
        lasted=timedelta(minutes=dice.uniform(25, 400)),
        notice=Notice(
            NotificationType.IMPORT_FAILURE,
            Priority.HIGH,
            f"Product import failed for {names[store]}",
            reason,
            store=store,
            action_required=True,
        ),
    )


def _everyday_notice(dice: random.Random, names: Sequence[str], *, is_read: bool) -> Notice:
    store = dice.randrange(len(names))
    name = names[store]
    order = f"R{dice.randint(100_000_000, 999_999_999)}"
    count = dice.randint(1, 4)
    return dice.choice(
        (
            Notice(
                NotificationType.ORDER_EXCEPTION,
                Priority.HIGH,
                f"Order {order} has {count} unmatched product{'s' if count > 1 else ''}",
                f"{name} cannot confirm it until each product is matched or ignored.",
                store,
                is_read=is_read,
                action_required=True,
            ),
            Notice(
                NotificationType.STORE_ISSUE,
                Priority.NORMAL,
                f"Store domain verified: {name}",
                "The certificate is issued; the storefront now answers on the new domain.",
                store,
                is_read=is_read,
            ),
            Notice(
                NotificationType.STORE_ISSUE,
                Priority.LOW,
                f"{name} is close to its plan's product limit",
                f"{dice.randint(180, 198)} of 200 products are in use. Nothing is blocked yet.",
                store,
                is_read=is_read,
            ),
        )
    )


def _outages(names: Sequence[str]) -> list[Incident]:
    everyone = tuple(range(len(names)))
    return [
        Incident(
            ago=timedelta(days=9, hours=5),
            alert_type=AlertType.INTEGRATION,
            severity=Severity.CRITICAL,
            title="Letzshop API answers 502",
            description="Order sync fails for all connected stores; orders wait at Letzshop, none is lost.",
            dedup_key="demo-letzshop-502",
            stores=everyone,
            systems=("letzshop", "order sync"),
            occurrences=96,
            lasted=timedelta(hours=1, minutes=40),
            notice=Notice(
                NotificationType.ORDER_SYNC_FAILURE,
                Priority.CRITICAL,
                "Letzshop order sync failed for all stores",
                "The Letzshop API has answered 502 three times in a row; the next automatic try is in 5 minutes.",
                action_required=True,
            ),
        ),
        Incident(
            ago=timedelta(days=5, hours=11),
            alert_type=AlertType.CAPACITY,
            severity=Severity.CRITICAL,
            title="Database connection pool exhausted",
            description="20 of 20 connections in use on api-1 for 4 minutes. New orders are queued, none lost.",
            dedup_key="demo-pool",
            systems=("api", "worker"),
            occurrences=14,
            lasted=timedelta(minutes=26),
            ending="resolved",
            notes="A report ran without an index; it is rewritten and the pool is back to 6.",
            notice=Notice(
                NotificationType.CRITICAL_ERROR,
                Priority.CRITICAL,
                "Order worker stopped: database connections exhausted",
                "20 of 20 connections in use for 4 minutes. New orders are queued, none lost yet.",
                action_required=True,
            ),
        ),
        Incident(
            ago=timedelta(days=3, hours=8),
            alert_type=AlertType.SECURITY,
            severity=Severity.WARNING,
            title="Many failed sign-ins from one address",
            description="38 attempts on one account within ten minutes; all were refused.",
            dedup_key="demo-sign-ins",
            systems=("sign-in",),
            occurrences=38,
            lasted=timedelta(hours=3),
            ending="resolved",
            notes="A forgotten password on a new laptop; the admin has a new one.",
            notice=Notice(
                NotificationType.SECURITY_ALERT,
                Priority.CRITICAL,
                "38 failed sign-ins from one address",
                "All of them were refused. The account is slowed down, not locked.",
                action_required=True,
            ),
        ),
    ]


def _still_open(names: Sequence[str]) -> list[Incident]:
    return [
        Incident(
            ago=timedelta(hours=6, minutes=12),
            alert_type=AlertType.PERFORMANCE,
            severity=Severity.WARNING,
            title="Catalogue search p95 above 1.2 s",
            description="The search index is being rebuilt after last night's import of 41,000 products.",
            dedup_key="demo-search",
            systems=("search",),
            occurrences=5,
            ending="open",
            notice=Notice(
                NotificationType.STORE_ISSUE,
                Priority.NORMAL,
                "Catalogue search is slow",
                "p95 is above 1.2 s while the search index is rebuilt. Orders are not affected.",
            ),
        ),
        Incident(
            ago=timedelta(hours=2, minutes=25),
            alert_type=AlertType.SECURITY,
            severity=Severity.WARNING,
            title="TLS certificate expires in 6 days",
            description="shop.fashionhub.example: the DNS challenge fails, so the certificate cannot be renewed.",
            dedup_key="demo-tls",
            stores=(3,),
            systems=("domains",),
            occurrences=3,
            ending="open",
            notice=Notice(
                NotificationType.STORE_ISSUE,
                Priority.NORMAL,
                f"{names[3]}: certificate expires in 6 days",
                "The DNS challenge for shop.fashionhub.example fails; its CNAME record is gone.",
                store=3,
                is_read=False,
            ),
        ),
        Incident(
            ago=timedelta(minutes=44),
            alert_type=AlertType.INTEGRATION,
            severity=Severity.CRITICAL,
            title="Letzshop rejects the API key of BookWorld Digital",
            description="401 Unauthorized since the key was rotated; orders of this store do not arrive.",
            dedup_key="demo-key",
            stores=(6,),
            systems=("letzshop", "order sync"),
            occurrences=9,
            ending="open",
            notice=Notice(
                NotificationType.ORDER_SYNC_FAILURE,
                Priority.CRITICAL,
                f"Letzshop order sync failed for {names[6]}",
                "Letzshop answered 401: the API key is no longer valid. Enter the new one in the store's settings.",
                store=6,
                is_read=False,
                action_required=True,
            ),
        ),
    ]
