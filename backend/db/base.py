"""The base of all models: bigint identity keys, text instead of database enums, timestamps with time zone."""

from datetime import datetime
from typing import Any

from advanced_alchemy.base import IdentityBase
from sqlalchemy import BigInteger, DateTime, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

IdentityBase.registry.update_type_annotation_map(
    {
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),  # Any: JSON
        list[str]: JSONB(),
    }
)
metadata = IdentityBase.metadata


class Model(IdentityBase):
    """A table with a bigint identity key."""

    __abstract__ = True


class Timestamps:
    """Mixin: when the row came and when it last changed, by the database's clock unless a service sets them."""

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.tocsin_now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.tocsin_now())
