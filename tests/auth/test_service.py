from backend.auth import AuthService
from backend.db.database import Database
from tests.support.times import FrozenClock


async def test_first_admin_gets_a_generated_password_once(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        generated = await AuthService(session, clock).ensure_first_admin(email="Anne@Example.com", password=None)
    assert generated is not None
    assert len(generated) >= 20
    async with database.unit_of_work() as session:
        assert await AuthService(session, clock).ensure_first_admin(email="b@example.com", password=None) is None
        users = await AuthService(session, clock).list_users(limit=10)
    assert [(user.email, user.role) for user in users] == [("anne@example.com", "admin")]
