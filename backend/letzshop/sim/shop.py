"""A simulated shop: its shipments, made up from a seed, and what is done with them."""

import base64
import random
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.letzshop.sim.catalogue import Article, some_article

Json = dict[str, Any]  # Any: what GraphQL's resolvers look into

_PEOPLE = (
    ("Anne", "Weber", "fr"),
    ("Jang", "Schmit", "de"),
    ("Sofia", "Ferreira", "fr"),
    ("Luc", "Thill", "fr"),
    ("Emma", "Hoffmann", "en"),
    ("Pol", "Kieffer", "de"),
)
_PLACES = (
    ("Rue de Hollerich", "Luxembourg", "1741"),
    ("Grand-Rue", "Diekirch", "9240"),
    ("Duerfstrooss", "Esch", "4001"),
)
# Every so many shipments one that is confirmed already, when the shop opens.
_UNCONFIRMED_EVERY = 5
_MOST_DIGITS = 4
UNCONFIRMED, CONFIRMED, DECLINED = "unconfirmed", "confirmed", "declined"


class Shop:
    """The shop of one API key: `opening` shipments from the past, and one more every `live_every` seconds.

    `seed` is that of the shop's sample feed, so that its orders are of products that a store can have imported.
    """

    def __init__(
        self,
        key: str,
        *,
        opening: int,
        live_every: float | None,
        clock: Callable[[], datetime],
        seed: int | None = None,
    ) -> None:
        self.key = key
        self.seed = seed_of(key) if seed is None else seed
        self._opening = opening
        self._live_every = live_every
        self._clock = clock
        self._opened = clock()
        self._shipments: list[Json] = []

    def shipments(self, *, state: str, first: int, after: str | None) -> tuple[list[Json], str | None, bool]:
        """Those in a state, oldest first: a page, the cursor of its last, whether more follow."""
        self._fill()
        since = 0 if after is None else _number(after)
        wanted = [each for each in self._shipments if each["state"] == state and each["sequence"] > since]
        page = wanted[: max(1, first)]
        return page, _cursor(page[-1]["sequence"]) if page else None, len(wanted) > len(page)

    def unit(self, unit_id: str) -> Json | None:
        self._fill()
        return next((unit for unit in self._units() if unit["id"] == unit_id), None)

    def settle(self) -> None:
        """A shipment is confirmed once none of its units waits."""
        for shipment in self._shipments:
            if all(unit["state"] != UNCONFIRMED for unit in shipment["inventoryUnits"]):
                shipment["state"] = CONFIRMED

    def shipment(self, shipment_id: str) -> Json | None:
        self._fill()
        return next((each for each in self._shipments if each["id"] == shipment_id), None)

    def _units(self) -> Iterator[Json]:
        for shipment in self._shipments:
            yield from shipment["inventoryUnits"]

    def _fill(self) -> None:
        """Make the orders that have come in until now."""
        elapsed = (self._clock() - self._opened).total_seconds()
        live = int(elapsed / self._live_every) if self._live_every else 0
        while len(self._shipments) < self._opening + live:
            self._shipments.append(self._made_up(len(self._shipments) + 1))

    def _made_up(self, number: int) -> Json:
        chance = random.Random(f"{self.key}:{number}")  # noqa: S311 - sample data
        is_live = number > self._opening
        state = UNCONFIRMED if is_live or number % _UNCONFIRMED_EVERY == 0 else CONFIRMED
        units = list(_units(self, number, state, chance))
        cents = sum(unit["variant"]["cents"] for unit in units)
        age = timedelta(0) if is_live else timedelta(hours=6) * (self._opening - number + 1)
        return {
            "sequence": number,
            "id": f"shp_{self.seed}_{number}",
            "number": f"H{self.seed % 1000:03}{number:07}",
            "state": state,
            "order": _order(self, number, cents, self._opened - age if not is_live else self._clock(), chance),
            "inventoryUnits": units,
            "tracking": None,
        }


def seed_of(key: str) -> int:
    """The number at the end of a key such as `sim-3`, else one that the whole key gives."""
    ending = key.rpartition("-")[2]
    return (
        int(ending) if ending.isdecimal() and len(ending) <= _MOST_DIGITS else zlib.crc32(key.encode()) % 9_000 + 1_000
    )


def _order(shop: Shop, number: int, cents: int, at: datetime, chance: random.Random) -> Json:
    first, last, locale = chance.choice(_PEOPLE)
    street, city, code = chance.choice(_PLACES)
    address = {
        "firstName": first,
        "lastName": last,
        "company": "Weber & Filles S.à r.l." if number % 9 == 0 else None,
        "streetName": street,
        "streetNumber": str(chance.randrange(1, 120)),
        "city": city,
        "zipCode": code,
        "phone": "+352 621 000 000" if number % 3 else None,
        "country": {"name": "Luxembourg", "iso": "LU"},
    }
    return {
        "id": f"ord_{shop.seed}_{number}",
        "number": f"R{shop.seed % 1000:03}{number:09}",
        "email": f"{first}.{last}.{number % 97}@example.lu".lower(),
        "total": f"{cents // 100}.{cents % 100:02} EUR",
        "completedAt": at.astimezone(UTC).isoformat(),
        "locale": locale,
        "shipAddress": address,
        "billAddress": address if number % 4 else None,
    }


def _units(shop: Shop, number: int, state: str, chance: random.Random) -> Iterator[Json]:
    for line in range(chance.choice((1, 1, 2, 2, 3))):
        article = some_article(shop.seed, chance)
        variant = _variant(shop, number, line, article)
        for piece in range(chance.choice((1, 1, 1, 2))):
            yield {"id": f"iu_{shop.seed}_{number}_{line}_{piece}", "state": state, "variant": variant}


def _variant(shop: Shop, number: int, line: int, article: Article) -> Json:
    brand = {"__typename": "Brand", "name": article.brand} if number % 7 else {"__typename": "BrandUnknown", "id": None}
    return {
        "id": f"var_{shop.seed}_{number}_{line}",
        "cents": article.cents,
        "sku": article.sku,
        "mpn": article.mpn or None,
        "price": f"{article.cents // 100}.{article.cents % 100:02}",
        "tradeId": {"number": article.gtin, "parser": "gtin13"},
        "product": {"name": {"fr": article.name, "en": None, "de": None}, "_brand": brand},
    }


def _cursor(sequence: int) -> str:
    return base64.urlsafe_b64encode(f"shipment:{sequence}".encode()).decode()


def _number(cursor: str) -> int:
    return int(base64.urlsafe_b64decode(cursor).decode().rpartition(":")[2])
