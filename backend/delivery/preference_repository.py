from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.db.reads import fetch_within
from backend.delivery.models import PreferencesRow

_DOCUMENTS = """
select user_id, document::text as document from delivery_preferences where user_id = any($1::bigint[])
"""


class PreferenceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def document_of(self, user_id: int) -> tuple[JsonObject, datetime] | None:
        """As it is stored, and since when; None for who never chose anything."""
        found = await self._session.execute(
            select(PreferencesRow.document, PreferencesRow.updated_at).where(PreferencesRow.user_id == user_id)
        )
        return found.tuples().one_or_none()

    async def documents_of(self, user_ids: Collection[int]) -> dict[int, str]:
        """Their JSON, in one query; who never chose anything is left out."""
        rows = await fetch_within(self._session)(_DOCUMENTS, list(user_ids))
        return {row["user_id"]: row["document"] for row in rows}

    async def locked(self, user_id: int, now: datetime) -> tuple[JsonObject, datetime] | None:
        """As document_of, held until the transaction ends; who never chose anything gets a row for the caller to fill.

        Two who write at once, be it the first time, come after each other and each see what the other kept.
        """
        made = await self._session.scalar(
            insert(PreferencesRow)
            .values(user_id=user_id, document={}, updated_at=now)
            .on_conflict_do_nothing(index_elements=["user_id"])
            .returning(PreferencesRow.id)
        )
        if made is not None:
            return None
        found = await self._session.execute(
            select(PreferencesRow.document, PreferencesRow.updated_at)
            .where(PreferencesRow.user_id == user_id)
            .with_for_update()
        )
        kept: tuple[JsonObject, datetime] = found.tuples().one()
        return kept

    async def keep(self, user_id: int, document: JsonObject, now: datetime) -> None:
        """In place of the former one, which is locked."""
        await self._session.execute(
            update(PreferencesRow).where(PreferencesRow.user_id == user_id).values(document=document, updated_at=now)
        )
