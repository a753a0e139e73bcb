from typing import ClassVar

from backend.jobs import Event


class ProductsImported(Event, frozen=True):
    """An import has ended with products in the catalogue: orders may find the ones they miss."""

    name: ClassVar[str] = "products_imported"

    import_id: int
    store_id: int
    imported_count: int
    updated_count: int


class ImportEnded(Event, frozen=True):
    """An import has come to its end; `message` says what is wrong, if anything is."""

    name: ClassVar[str] = "import_ended"

    import_id: int
    status: str
    message: str | None
