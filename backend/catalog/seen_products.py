"""Which products a run of an import has already met: one bit each, so that a feed of any length fits."""

from collections.abc import Iterable

# Products of one import have neighbouring ids: a block of 8 KiB covers 65,536 of them.
_BLOCK_BITS = 16
_LOW = (1 << _BLOCK_BITS) - 1


class SeenProducts:
    def __init__(self) -> None:
        self._blocks: dict[int, bytearray] = {}

    def __contains__(self, product_id: int) -> bool:
        block = self._blocks.get(product_id >> _BLOCK_BITS)
        low = product_id & _LOW
        return block is not None and bool(block[low >> 3] & (1 << (low & 7)))

    def add(self, product_ids: Iterable[int]) -> None:
        for product_id in product_ids:
            block = self._blocks.get(product_id >> _BLOCK_BITS)
            if block is None:
                block = self._blocks[product_id >> _BLOCK_BITS] = bytearray(1 << (_BLOCK_BITS - 3))
            low = product_id & _LOW
            block[low >> 3] |= 1 << (low & 7)
