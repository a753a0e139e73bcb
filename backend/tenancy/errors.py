from backend.core.errors import ConflictError, FieldError, NotFoundError


class MerchantNotFoundError(NotFoundError):
    code = "merchant_not_found"
    title = "No such merchant"


class StoreNotFoundError(NotFoundError):
    code = "store_not_found"
    title = "No such store"


class TakenError(ConflictError):
    """Another store has this value; names the field."""

    code = "taken"
    title = "Already taken"

    @classmethod
    def field(cls, path: str, message: str) -> "TakenError":
        return cls(f"{path}: {message}", errors=(FieldError(path=path, message=message),))
