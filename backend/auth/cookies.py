"""The session cookie (design 6): `__Host-` and Secure where the public URL is https."""

from litestar.datastructures import Cookie

from backend.auth.authenticate import ABSOLUTE_LIMIT
from backend.core.settings import Server


def session_cookie_name(server: Server) -> str:
    return "__Host-tocsin" if server.is_https else "tocsin"


def session_cookie(server: Server, token: str) -> Cookie:
    return _cookie(server, token, max_age=int(ABSOLUTE_LIMIT.total_seconds()))


def expired_cookie(server: Server) -> Cookie:
    """Makes the browser forget its session."""
    return _cookie(server, "", max_age=0)


def _cookie(server: Server, value: str, *, max_age: int) -> Cookie:
    return Cookie(
        key=session_cookie_name(server),
        value=value,
        max_age=max_age,
        path="/",
        secure=server.is_https,
        httponly=True,
        samesite="strict",
    )
