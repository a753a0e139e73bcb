"""Security headers on every response, error pages and files included (ASVS 3.4)."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from backend.app.request_context import request_id
from backend.core.page_nonce import csp_nonce

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_security_policy(nonce: str) -> str:
    # Mantine sets positions through style attributes, which nonces cannot cover; elements still need the nonce.
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src-elem 'self' 'nonce-{nonce}'; "
        f"style-src-attr 'unsafe-inline'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook: sees every response of the app."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _COMMON.items():
        headers.setdefault(name, value)
    headers["Content-Security-Policy"] = content_security_policy(csp_nonce(scope))
    headers["X-Request-ID"] = request_id(scope)
    if scope["litestar_app"].state.settings.server.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if scope["path"].startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
