"""Believable product feeds of Luxembourg shops, for the demo, tests and benchmarks: the same seed, the same feed."""

import random
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

COLUMNS = (
    "id", "title", "description", "link", "image_link", "additional_image_link", "price", "sale_price",
    "availability", "brand", "gtin", "mpn", "identifier_exists", "product_type", "google_product_category",
    "atalanda:tax_rate", "atalanda:quantity", "atalanda:boost_sort", "atalanda:delivery_method",
)  # fmt: skip

_MAKERS = (
    "Moulin de Hesper",
    "Brasserie du Minett",
    "Ferme Weber",
    "Maison Schmit",
    "Atelier Alzette",
    "Domaine Thill",
)
_KINDS: Mapping[str, tuple[str, str, int, int]] = {
    # title: (category, google category, VAT, about how many cents)
    "Confiture de mirabelles": ("Épicerie > Confitures", "5740", 3, 590),
    "Quetschegebeess": ("Épicerie > Confitures", "5740", 3, 640),
    "Miel de fleurs du Mullerthal": ("Épicerie > Miel", "4947", 3, 980),
    "Crémant de Luxembourg brut": ("Boissons > Vins", "421", 14, 1450),
    "Riesling Wormeldange": ("Boissons > Vins", "421", 14, 1190),
    "Rieslingspaschtéit": ("Traiteur > Pâtés", "432", 3, 420),
    "Kachkéis": ("Crémerie > Fromages", "429", 3, 510),
    "Moutarde de Luxembourg": ("Épicerie > Condiments", "6772", 3, 340),
    "Café moulu du matin": ("Boissons > Café", "1868", 3, 760),
    "Savon au lait de chèvre": ("Beauté > Savons", "4917", 17, 690),
    "Bougie aux fleurs des prés": ("Maison > Bougies", "588", 17, 1890),
    "Écharpe en laine des Ardennes": ("Mode > Écharpes", "177", 17, 4990),
    "Carnet du Grand-Duché": ("Papeterie > Carnets", "961", 17, 1250),
    "Sac en toile Lëtzebuerg": ("Mode > Sacs", "3032", 17, 1690),
}
_SIZES = ("", " 250 g", " 500 g", " petit format", " grand format", " coffret de 3", " édition d'hiver")
_TEXTS = (
    "Fabriqué en petite série au Luxembourg, selon une recette de famille.",
    "Ingrédients choisis chez des producteurs de la région ; sans colorant ni conservateur.",
    "À offrir ou à garder pour soi. Se conserve au frais et à l'abri de la lumière.",
    "",
    "Hausgemaach a mat vill Léift verpaakt.",
)
_STATES = ("in stock", "in stock", "in stock", "in stock", "out of stock", "preorder")
_DELIVERIES = ("nationwide", "package_delivery", "self_collect")

# What can be wrong with a row, and the error or warning that it brings.
BREAKAGES: Mapping[str, tuple[str, str]] = {
    "missing_price": ("price", ""),
    "invalid_price": ("price", "auf Anfrage"),
    "missing_title": ("title", ""),
    "missing_id": ("id", ""),
}


def sample_feed(rows: int, *, seed: int = 1, broken: Mapping[int, str] | None = None) -> Iterator[bytes]:
    """The header and `rows` products as tab-separated lines; `broken` gives row numbers (from 1) their breakage."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    yield _line(COLUMNS)
    for number in range(1, rows + 1):
        row = _row(seed, number, chance)
        if broken is not None and number in broken:
            column, text = BREAKAGES[broken[number]]
            row[column] = text
        yield _line(row.values())


def some_broken(rows: int, count: int, *, seed: int = 1) -> dict[int, str]:
    """`count` rows of a feed of `rows`, each with a breakage, for `sample_feed`."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    return {number: chance.choice(list(BREAKAGES)) for number in sorted(chance.sample(range(1, rows + 1), count))}


def _row(seed: int, number: int, chance: random.Random) -> dict[str, str]:
    title = chance.choice(tuple(_KINDS))
    category, google_category, vat, about = _KINDS[title]
    maker = chance.choice(_MAKERS)
    cents = max(95, round(about * chance.uniform(0.7, 1.6)))
    sale = cents * 8 // 10 if chance.random() < 1 / 7 else None
    gtin = _gtin13(seed, number)
    address = f"https://shop.example.lu/p/{gtin}"
    return {
        "id": f"LU-{seed}-{number:07}",
        "title": f"{title}{chance.choice(_SIZES)}",
        "description": " ".join(chance.sample(_TEXTS, k=2)).strip(),
        "link": address,
        "image_link": f"https://shop.example.lu/images/{gtin}/front.jpg",
        "additional_image_link": f"https://shop.example.lu/images/{gtin}/back.jpg" if number % 5 == 0 else "",
        "price": _euros(cents),
        "sale_price": "" if sale is None else _euros(sale),
        "availability": chance.choice(_STATES),
        "brand": maker,
        "gtin": gtin,
        "mpn": f"{maker[0]}{number % 100_000:05}" if number % 3 == 0 else "",
        "identifier_exists": "true",
        "product_type": category,
        "google_product_category": google_category,
        "atalanda:tax_rate": str(vat),
        "atalanda:quantity": str(chance.randrange(250)),
        "atalanda:boost_sort": f"{chance.randrange(101) / 10:.1f}",
        "atalanda:delivery_method": chance.choice(_DELIVERIES),
    }


def _gtin13(seed: int, number: int) -> str:
    body = f"54{seed % 100:02}{number % 10**8:08}"
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def _euros(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f} EUR"


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()
