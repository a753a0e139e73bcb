from backend.core.errors import ConflictError, NotFoundError


class MerchantNotFoundError(NotFoundError):
    code = "merchant_not_found"
    title = "Merchant not found"


class StoreNotFoundError(NotFoundError):
    code = "store_not_found"
    title = "Store not found"


class DomainNotFoundError(NotFoundError):
    code = "domain_not_found"
    title = "Domain not found"


class TakenError(ConflictError):
    code = "already_taken"
    title = "Already taken"
