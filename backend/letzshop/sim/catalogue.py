"""What a simulated shop sells: the products of its sample feed, and some that no feed has."""

import csv
import random
from dataclasses import dataclass
from functools import lru_cache

from backend.catalog.sample_feed import sample_feed

PRODUCTS = 400
# One in so many pieces is of a product that the shop's feed does not have: it becomes an exception.
UNKNOWN_EVERY = 15


@dataclass(frozen=True, slots=True)
class Article:
    sku: str
    gtin: str
    name: str
    brand: str
    mpn: str
    cents: int


@lru_cache(maxsize=64)
def catalogue(seed: int) -> tuple[Article, ...]:
    """The articles of the feed that `sample_feed` makes of the same seed."""
    lines = (line.decode() for line in sample_feed(PRODUCTS, seed=seed))
    return tuple(
        Article(
            sku=row["id"],
            gtin=row["gtin"],
            name=row["title"],
            brand=row["brand"],
            mpn=row["mpn"],
            cents=int(row["price"].removesuffix(" EUR").replace(".", "")),
        )
        for row in csv.DictReader(lines, delimiter="\t")
    )


def some_article(seed: int, chance: random.Random) -> Article:
    """One of the catalogue, or one that it does not have."""
    known = chance.choice(catalogue(seed))
    if chance.randrange(UNKNOWN_EVERY):
        return known
    number = f"2{chance.randrange(10**11):011}"
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(number))
    return Article(
        f"NEW-{number[-6:]}", f"{number}{-total % 10}", f"{known.name} (nouveau)", known.brand, "", known.cents
    )
