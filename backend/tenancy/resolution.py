"""Which store a host means, and which host a store has: StoreDomain, then MerchantDomain, then subdomain.

Decides over plain data and fails closed: a host that does not lead to exactly one open store leads to a named reason.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Via(StrEnum):
    STORE_DOMAIN = "store_domain"
    MERCHANT_DOMAIN = "merchant_domain"
    SUBDOMAIN = "subdomain"


class Unresolved(StrEnum):
    NOT_A_HOST_NAME = "not_a_host_name"
    PLATFORM_HOST = "platform_host"
    UNKNOWN_SUBDOMAIN = "unknown_subdomain"
    UNKNOWN_DOMAIN = "unknown_domain"
    DOMAIN_INACTIVE = "domain_inactive"
    DOMAIN_UNVERIFIED = "domain_unverified"
    MERCHANT_INACTIVE = "merchant_inactive"
    STORE_INACTIVE = "store_inactive"
    NO_ACTIVE_STORE = "no_active_store"
    SEVERAL_STORES = "several_stores"


class Resolved(NamedTuple):
    store_id: int
    store_name: str
    via: Via


class FoundStore(NamedTuple):
    id: int
    name: str
    is_active: bool
    is_merchant_active: bool


class FoundDomain(NamedTuple):
    """A custom domain and whom it may mean: its one store, or the stores of its merchant."""

    is_active: bool
    is_verified: bool
    is_merchant_active: bool
    stores: Sequence[FoundStore]


class OwnDomain(NamedTuple):
    """A domain of a store, or of its merchant, when it is asked for the store's address."""

    domain: str
    is_primary: bool
    is_active: bool
    is_verified: bool


def resolve_custom(store_domain: FoundDomain | None, merchant_domain: FoundDomain | None) -> Resolved | Unresolved:
    """What a host outside the platform's own means."""
    if store_domain is not None:
        return _domain_refusal(store_domain) or resolve_store(store_domain.stores[0], Via.STORE_DOMAIN)
    if merchant_domain is not None:
        return _domain_refusal(merchant_domain) or _only_store(merchant_domain.stores)
    return Unresolved.UNKNOWN_DOMAIN


def resolve_store(store: FoundStore, via: Via) -> Resolved | Unresolved:
    if not store.is_merchant_active:
        return Unresolved.MERCHANT_INACTIVE
    return Resolved(store.id, store.name, via) if store.is_active else Unresolved.STORE_INACTIVE


def _domain_refusal(domain: FoundDomain) -> Unresolved | None:
    if not domain.is_active:
        return Unresolved.DOMAIN_INACTIVE
    if not domain.is_verified:
        return Unresolved.DOMAIN_UNVERIFIED
    return None if domain.is_merchant_active else Unresolved.MERCHANT_INACTIVE


def _only_store(stores: Sequence[FoundStore]) -> Resolved | Unresolved:
    active = [store for store in stores if store.is_active]
    if len(active) > 1:
        return Unresolved.SEVERAL_STORES
    return resolve_store(active[0], Via.MERCHANT_DOMAIN) if active else Unresolved.NO_ACTIVE_STORE


def effective_domain(own: Sequence[OwnDomain], of_merchant: Sequence[OwnDomain], platform: str | None) -> str | None:
    """The host that a store is reached by; `platform` is its subdomain of the platform's host, if there is one.

    Of its own domains the primary one comes first; of the merchant's only the primary one counts.
    """
    usable = sorted(filter(_is_usable, own), key=lambda domain: not domain.is_primary)
    inherited = (domain for domain in of_merchant if domain.is_primary and _is_usable(domain))
    return next((domain.domain for domain in (*usable, *inherited)), platform)


def _is_usable(domain: OwnDomain) -> bool:
    return domain.is_active and domain.is_verified
