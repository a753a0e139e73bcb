from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from backend.catalog.product_reads import ProductFilters, product_page
from backend.catalog.schemas import ProductOut
from backend.core.errors import InvalidInputError
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, SearchText
from backend.core.roles import Role
from backend.db.reads import Reads


class ProductController(Controller):
    path = "/api/v1/admin/products"
    tags = ("products",)

    @get(
        "/",
        operation_id="list_products",
        summary="Products, newest first; words and numbers are looked for in the stores that are named",
        opt={"role": Role.VIEWER},
    )
    async def list_products(
        self,
        reads: NamedDependency[Reads],
        store_id: FromQuery[list[Id] | None] = None,
        q: SearchText = None,
        gtin: SearchText = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ProductOut]:
        if not store_id and (q or gtin):
            # Nothing but a store's products bounds what such a search has to read.
            raise InvalidInputError.field("store_id", "name the stores whose products are searched")
        filters = ProductFilters(store_id=tuple(store_id or ()), q=q, gtin=gtin or None)
        return await product_page(reads, filters, limit=limit, cursor=cursor)
