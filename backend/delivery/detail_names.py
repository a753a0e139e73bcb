"""What reasons are about, as the API shows it: stores and merchants are kept by number, and shown by name."""

from collections.abc import Sequence

import msgspec

from backend.db.reads import Reads
from backend.delivery.detail import DetailArgs
from backend.delivery.detail_schemas import DetailArgsOut
from backend.tenancy import names_of_merchants, names_of_stores


async def named(reads: Reads, reasons: Sequence[DetailArgs]) -> list[DetailArgsOut]:
    """The same in the same order; who is gone keeps the number alone."""
    stores = await names_of_stores(reads, {one.store_id for one in reasons if one.store_id is not None})
    merchants = await names_of_merchants(reads, {one.merchant_id for one in reasons if one.merchant_id is not None})
    return [
        DetailArgsOut(
            **msgspec.structs.asdict(one),
            store_name=None if one.store_id is None else stores.get(one.store_id),
            merchant_name=None if one.merchant_id is None else merchants.get(one.merchant_id),
        )
        for one in reasons
    ]
