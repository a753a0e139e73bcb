from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.seen_products import SeenProducts

ids = st.integers(1, 2**63 - 1) | st.integers(1, 200_000)


@given(st.sets(ids), st.sets(ids))
def test_it_is_a_set_of_ids(added: set[int], asked: set[int]) -> None:
    seen = SeenProducts()
    seen.add(added)
    assert {one for one in added | asked if one in seen} == added
