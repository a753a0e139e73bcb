"""Which products a run of an import has already met: one bit each, so that a feed of any length fits."""

from collections.abc import Iterable

# Products of one import have neighbouring ids: a block of 8 KiB covers 65,536 of them.
_BLOCK_BITS = 16


class SeenProducts:
    def __init__(self) -> None:
        self._blocks: dict[int, bytearray] = {}

    def add(self, product_ids: Iterable[int]) -> None:
        for product_id in product_ids:
            self.is_new(product_id)

    def is_new(self, product_id: int) -> bool:
        """Note the product; whether it had not been met before."""
        high, low = product_id >> _BLOCK_BITS, product_id & ((1 << _BLOCK_BITS) - 1)
        block = self._blocks.get(high)
        if block is None:
            block = self._blocks[high] = bytearray(1 << (_BLOCK_BITS - 3))
        bit = 1 << (low & 7)
        if block[low >> 3] & bit:
            return False
        block[low >> 3] |= bit
        return True
