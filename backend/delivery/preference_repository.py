from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Text, cast, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.delivery.models import PreferencesRow


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
        rows = await self._session.execute(
            select(PreferencesRow.user_id, cast(PreferencesRow.document, Text)).where(
                PreferencesRow.user_id.in_(user_ids)
            )
        )
        return dict(rows.tuples().all())

    async def keep(self, user_id: int, document: JsonObject, now: datetime) -> None:
        """In place of the former one, whoever writes at the same time."""
        kept = {"document": document, "updated_at": now}
        statement = insert(PreferencesRow).values(user_id=user_id, **kept)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=kept))
