"""Unique names: what the database refuses, told as the input field that it is about."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.errors import FieldError
from backend.tenancy.errors import TakenError

# Unique constraints (and the one that a trigger speaks for) and the input field that each one is of.
_FIELD_OF = {
    "uq_stores_store_code": "store_code",
    "uq_stores_subdomain": "subdomain",
    "uq_store_domains_domain": "domain",
    "uq_merchant_domains_domain": "domain",
    "uq_domains_domain": "domain",
}


async def flush_unique(session: AsyncSession) -> None:
    """Flush; raises TakenError naming the field when another row has the same."""
    try:
        await session.flush()
    except IntegrityError as error:
        constraint = getattr(error.orig.__cause__, "constraint_name", None) if error.orig is not None else None
        field = _FIELD_OF.get(constraint or "")
        if field is None:
            raise
        message = "This domain is in use already." if field == "domain" else f"Another store has this {field}."
        raise TakenError(message, errors=(FieldError(path=field, message="already taken"),)) from error
