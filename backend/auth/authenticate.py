"""The hot path: one statement tells who is asking, by the database's clock; nothing is cached, a kill is immediate."""

from datetime import timedelta

from backend.core.principal import Principal
from backend.core.roles import Role, may
from backend.core.secrets import token_hash
from backend.db.reads import Reads

# ASVS 7.3.1 and 7.3.2: a forgotten browser signs out by itself, and nobody stays signed in for ever.
IDLE_LIMIT = timedelta(hours=12)
ABSOLUTE_LIMIT = timedelta(days=7)
KEY_PREFIX = "tcs_"

_SESSION = """
select s.id as session_id, u.id, u.name, u.role,
    s.last_seen_at < tocsin_now() - interval '1 minute' as is_stale
from user_sessions s join users u on u.id = s.user_id
where s.token_hash = $1
  and s.ended_at is null and s.expires_at > tocsin_now() and s.last_seen_at > tocsin_now() - $2::interval
  and u.is_active
"""
_KEY = """
select k.id, k.name, k.role,
    coalesce(k.last_used_at < tocsin_now() - interval '1 minute', true) as is_stale
from api_keys k
where (k.key_hash = $1 or (k.previous_hash = $1 and k.previous_expires_at > tocsin_now()))
  and k.revoked_at is null and (k.expires_at is null or k.expires_at > tocsin_now())
"""
_ALIVE = """
select true from user_sessions s join users u on u.id = s.user_id
where s.id = $1
  and s.ended_at is null and s.expires_at > tocsin_now() and s.last_seen_at > tocsin_now() - $2::interval
  and u.is_active
"""
_TOUCH_SESSION = """
update user_sessions set last_seen_at = tocsin_now()
where id = $1 and last_seen_at < tocsin_now() - interval '1 minute'
"""
_TOUCH_KEY = """
update api_keys set last_used_at = tocsin_now()
where id = $1 and (last_used_at is null or last_used_at < tocsin_now() - interval '1 minute')
"""


async def authenticate_session(reads: Reads, token: str) -> Principal | None:
    """The person behind a session token; None when it is unknown, ended, idle for too long, too old or disabled."""
    row = await reads.fetchrow(_SESSION, token_hash(token), IDLE_LIMIT)
    if row is None:
        return None
    if row["is_stale"]:
        await reads.execute(_TOUCH_SESSION, row["session_id"])
    return Principal(kind="user", id=row["id"], name=row["name"], role=Role(row["role"]), session_id=row["session_id"])


async def authenticate_key(reads: Reads, key: str) -> Principal | None:
    """The machine behind an API key; None when it is unknown, revoked, expired or rotated away."""
    if not key.startswith(KEY_PREFIX):
        return None
    row = await reads.fetchrow(_KEY, token_hash(key))
    if row is None:
        return None
    if row["is_stale"]:
        await reads.execute(_TOUCH_KEY, row["id"])
    return Principal(kind="key", id=row["id"], name=row["name"], role=Role(row["role"]), session_id=None)


async def is_session_alive(reads: Reads, session_id: int) -> bool:
    """Whether a session may go on, without counting as use: an open stream must not keep its browser signed in."""
    return bool(await reads.fetchval(_ALIVE, session_id, IDLE_LIMIT))


async def has_role(reads: Reads, user_id: int, required: Role) -> bool:
    """Whether this is an active user whose role includes `required`."""
    role = await reads.fetchval("select role from users where id = $1 and is_active", user_id)
    return role is not None and may(Role(role), required)
