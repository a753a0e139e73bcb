import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog import ProductIdentity, comparable_gtin
from backend.orders.matching import Candidates, ExceptionType, Matched, MatchReason, match

GTIN, OTHER = "04012345678901", "05901234123457"
AS_WRITTEN = "4012345678901"

A = ProductIdentity(1, AS_WRITTEN, "A")
B = ProductIdentity(2, AS_WRITTEN, "B")
C = ProductIdentity(3, None, "C")
D = ProductIdentity(4, "5901234123457", "D")

BY_GTIN, BY_SKU = MatchReason.GTIN, MatchReason.SKU


@pytest.mark.parametrize(
    ("gtin", "sku", "products", "decided"),
    [
        (GTIN, None, [A, C, D], Matched(1, BY_GTIN)),
        (GTIN, "A", [A, C, D], Matched(1, BY_GTIN)),
        # A barcode is the world's, an SKU only the store's own.
        (GTIN, "D", [A, C, D], Matched(1, BY_GTIN)),
        (GTIN, "B", [A, B], Matched(2, BY_SKU)),
        (GTIN, "C", [A, B, C], ExceptionType.DUPLICATE_GTIN),
        (GTIN, None, [A, B], ExceptionType.DUPLICATE_GTIN),
        (GTIN, "C", [C, D], Matched(3, BY_SKU)),
        (GTIN, "D", [C, D], ExceptionType.GTIN_MISMATCH),
        (GTIN, "E", [C, D], ExceptionType.PRODUCT_NOT_FOUND),
        (None, "D", [A, D], Matched(4, BY_SKU)),
        (None, None, [A, C], ExceptionType.PRODUCT_NOT_FOUND),
        (GTIN, "A", [], ExceptionType.PRODUCT_NOT_FOUND),
    ],
)
def test_the_gtin_decides_and_the_sku_where_it_cannot(
    gtin: str | None, sku: str | None, products: list[ProductIdentity], decided: Matched | ExceptionType
) -> None:
    assert match(gtin=gtin, sku=sku, products=products) == decided
    assert Candidates(products).match(gtin=gtin, sku=sku) == decided


identities = st.lists(
    st.builds(
        ProductIdentity,
        id=st.integers(1, 50),
        gtin=st.sampled_from([None, AS_WRITTEN, GTIN, "5901234123457", "not a number"]),
        sku=st.sampled_from("ABCDEFG"),
    ),
    max_size=7,
    unique_by=(lambda product: product.id, lambda product: product.sku),
)
gtins = st.sampled_from([None, GTIN, OTHER])
skus = st.sampled_from([None, "", "A", "B", "C", "X"])


@given(gtin=gtins, sku=skus, products=identities)
def test_what_is_found_shares_the_number_that_is_named(
    gtin: str | None, sku: str | None, products: list[ProductIdentity]
) -> None:
    decided = match(gtin=gtin, sku=sku, products=products)
    by_id = {product.id: product for product in products}
    if isinstance(decided, Matched):
        found = by_id[decided.product_id]
        if decided.reason is BY_GTIN:
            assert comparable_gtin(found.gtin) == gtin
        else:
            assert found.sku == sku
    elif decided is ExceptionType.PRODUCT_NOT_FOUND:
        assert all(product.sku != sku for product in products)
        assert gtin is None or all(comparable_gtin(product.gtin) != gtin for product in products)


@given(gtin=gtins, sku=skus, products=identities)
def test_neither_their_sequence_nor_the_index_changes_what_is_decided(
    gtin: str | None, sku: str | None, products: list[ProductIdentity]
) -> None:
    decided = match(gtin=gtin, sku=sku, products=products)
    assert match(gtin=gtin, sku=sku, products=products[::-1]) == decided
    assert Candidates(products).match(gtin=gtin, sku=sku) == decided


@given(gtin=gtins, sku=skus, products=identities)
def test_products_that_share_no_number_change_nothing(
    gtin: str | None, sku: str | None, products: list[ProductIdentity]
) -> None:
    strangers = [ProductIdentity(99, "9780306406157", "Z"), ProductIdentity(98, None, "Y")]
    assert match(gtin=gtin, sku=sku, products=[*products, *strangers]) == match(gtin=gtin, sku=sku, products=products)
