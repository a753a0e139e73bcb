"""The merchants and stores of the demo: the names that the platform's own documents use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoStore:
    code: str
    subdomain: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoMerchant:
    name: str
    contact_email: str
    stores: tuple[DemoStore, ...]


MERCHANTS = (
    DemoMerchant(
        "WizaCorp Ltd.",
        "office@wizacorp.example",
        (
            DemoStore("ORION", "orion", "Orion Épicerie"),
            DemoStore("WIZAGADGETS", "wizagadgets", "WizaGadgets"),
            DemoStore("WIZAHOME", "wizahome", "WizaHome"),
        ),
    ),
    DemoMerchant(
        "Fashion Group S.A.",
        "shop@fashiongroup.example",
        (
            DemoStore("FASHIONHUB", "fashionhub", "Fashion Hub"),
            DemoStore("FASHIONOUTLET", "fashionoutlet", "Fashion Outlet"),
        ),
    ),
    DemoMerchant(
        "BookWorld Publishing",
        "hello@bookworld.example",
        (
            DemoStore("BOOKSTORE", "bookstore", "BookWorld Store"),
            DemoStore("BOOKDIGITAL", "bookdigital", "BookWorld Digital"),
        ),
    ),
)
