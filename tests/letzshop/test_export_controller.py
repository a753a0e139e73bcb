from backend.core.roles import Role
from backend.tenancy import Store
from tests.letzshop.conftest import Look
from tests.support.application import AsRole

EXPORT = "/api/v1/admin/letzshop/export"


async def test_a_store_s_products_are_downloaded_as_a_feed(as_role: AsRole, store: Store, look: Look) -> None:
    (product,) = await look.rows(
        "insert into products (store_id, marketplace, marketplace_product_id, price_cents) "
        "values ($1, 'Letzshop', 'SKU-1', 4999) returning id",
        store.id,
    )
    await look.rows(
        "insert into product_translations (product_id, language, title) values ($1, 'fr', 'Bague')", product["id"]
    )
    viewer = await as_role(Role.VIEWER)
    reply = await viewer.get(EXPORT, params={"store_id": store.id, "language": "fr"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert f"{store.store_code}_letzshop_export.csv" in reply.headers["content-disposition"]
    header, row = reply.text.splitlines()
    assert header.startswith('"id"\t"title"\t"price"\t"description"')
    assert row.startswith('"SKU-1"\t"Bague"\t"49.99 EUR"')


async def test_an_unknown_store_and_an_unknown_language_are_refused(as_role: AsRole, store: Store) -> None:
    viewer = await as_role(Role.VIEWER)
    assert (await viewer.get(EXPORT, params={"store_id": 999})).status_code == 404
    reply = await viewer.get(EXPORT, params={"store_id": store.id, "language": "lb"})
    assert (reply.status_code, reply.json()["errors"][0]["path"]) == (400, "language")
    assert (await viewer.get(EXPORT)).status_code == 400
