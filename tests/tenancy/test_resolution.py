import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tenancy.resolution import (
    FoundDomain,
    FoundStore,
    OwnDomain,
    Resolved,
    Unresolved,
    Via,
    effective_domain,
    resolve_custom,
    resolve_store,
)


def store(id: int = 1, *, is_active: bool = True, is_merchant_active: bool = True) -> FoundStore:  # noqa: A002 - its field
    return FoundStore(id, f"Store {id}", is_active, is_merchant_active)


def found(
    *stores: FoundStore, is_active: bool = True, is_verified: bool = True, is_merchant_active: bool = True
) -> FoundDomain:
    return FoundDomain(is_active, is_verified, is_merchant_active, stores)


def own(domain: str, *, is_primary: bool = False, is_active: bool = True, is_verified: bool = True) -> OwnDomain:
    return OwnDomain(domain, is_primary, is_active, is_verified)


class TestResolveCustom:
    def test_a_stores_domain_comes_before_a_merchants(self) -> None:
        assert resolve_custom(found(store(1)), found(store(2))) == Resolved(1, "Store 1", Via.STORE_DOMAIN)

    def test_a_merchants_domain_means_its_only_active_store(self) -> None:
        stores = (store(1, is_active=False), store(2))
        assert resolve_custom(None, found(*stores)) == Resolved(2, "Store 2", Via.MERCHANT_DOMAIN)

    @pytest.mark.parametrize(
        ("store_domain", "merchant_domain", "why"),
        [
            (None, None, Unresolved.UNKNOWN_DOMAIN),
            (found(store(), is_active=False), None, Unresolved.DOMAIN_INACTIVE),
            (found(store(), is_verified=False), None, Unresolved.DOMAIN_UNVERIFIED),
            (found(store(is_active=False)), None, Unresolved.STORE_INACTIVE),
            (found(store(is_merchant_active=False), is_merchant_active=False), None, Unresolved.MERCHANT_INACTIVE),
            (None, found(store(), is_active=False), Unresolved.DOMAIN_INACTIVE),
            (None, found(store(), is_verified=False), Unresolved.DOMAIN_UNVERIFIED),
            (None, found(is_merchant_active=False), Unresolved.MERCHANT_INACTIVE),
            (None, found(), Unresolved.NO_ACTIVE_STORE),
            (None, found(store(is_active=False)), Unresolved.NO_ACTIVE_STORE),
            (None, found(store(1), store(2)), Unresolved.SEVERAL_STORES),
            # Not even to the merchant's: a host that somebody claimed for a store leads nowhere else.
            (found(store(), is_verified=False), found(store(2)), Unresolved.DOMAIN_UNVERIFIED),
        ],
    )
    def test_what_does_not_lead_to_one_open_store_leads_nowhere_and_says_why(
        self, store_domain: FoundDomain | None, merchant_domain: FoundDomain | None, why: Unresolved
    ) -> None:
        assert resolve_custom(store_domain, merchant_domain) is why

    @given(st.lists(st.booleans(), max_size=4), st.booleans(), st.booleans(), st.booleans())
    def test_only_open_stores_are_ever_reached(
        self, actives: list[bool], is_active: bool, is_verified: bool, is_merchant_active: bool
    ) -> None:
        stores = [
            store(number, is_active=active, is_merchant_active=is_merchant_active)
            for number, active in enumerate(actives)
        ]
        domain = found(*stores, is_active=is_active, is_verified=is_verified, is_merchant_active=is_merchant_active)
        resolved = resolve_custom(None, domain)
        is_open = is_active and is_verified and is_merchant_active and actives.count(True) == 1
        assert isinstance(resolved, Resolved) == is_open
        assert not isinstance(resolved, Resolved) or stores[resolved.store_id].is_active


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (store(), Resolved(1, "Store 1", Via.SUBDOMAIN)),
        (store(is_active=False), Unresolved.STORE_INACTIVE),
        (store(is_merchant_active=False), Unresolved.MERCHANT_INACTIVE),
    ],
)
def test_a_subdomain_means_its_store_while_it_is_active(asked: FoundStore, answer: Resolved | Unresolved) -> None:
    assert resolve_store(asked, Via.SUBDOMAIN) == answer


class TestEffectiveDomain:
    PLATFORM = "orion.letzshop.example"

    @pytest.mark.parametrize(
        ("of_store", "of_merchant", "answer"),
        [
            ([], [], PLATFORM),
            ([own("a.lu")], [own("m.lu", is_primary=True)], "a.lu"),
            ([own("a.lu"), own("b.lu", is_primary=True)], [], "b.lu"),
            ([own("a.lu"), own("b.lu", is_primary=True, is_verified=False)], [], "a.lu"),
            ([own("a.lu", is_active=False)], [own("m.lu", is_primary=True)], "m.lu"),
            ([own("a.lu", is_verified=False)], [own("m.lu")], PLATFORM),
            ([], [own("m.lu", is_primary=True, is_verified=False), own("n.lu")], PLATFORM),
            ([], [own("m.lu", is_primary=True, is_active=False)], PLATFORM),
        ],
    )
    def test_it_is_the_stores_then_the_merchants_primary_then_the_platforms(
        self, of_store: list[OwnDomain], of_merchant: list[OwnDomain], answer: str
    ) -> None:
        assert effective_domain(of_store, of_merchant, self.PLATFORM) == answer

    def test_there_is_none_without_a_public_url(self) -> None:
        assert effective_domain([], [], None) is None
