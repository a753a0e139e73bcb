"""People who sign in, valid by default; a test sets only what it is about."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import User


async def add_user(session: AsyncSession, *, name: str = "Anne", role: str = "operator") -> User:
    """One who cannot sign in with any password."""
    user = User(email=f"{name.lower()}@example.com", name=name, role=role, password_hash="none")
    session.add(user)
    await session.flush()
    return user
