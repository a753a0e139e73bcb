"""Cross-site writes are refused by Fetch-Metadata and Origin; there is no CSRF token (design 6)."""

from collections.abc import Mapping

from backend.core.errors import CrossSiteError
from backend.core.settings import Server


def refuse_cross_site(headers: Mapping[str, str], server: Server) -> None:
    """Raise CrossSiteError when a browser sent this write from another site."""
    reason = cross_site_reason(
        fetch_site=headers.get("sec-fetch-site"),
        origin=headers.get("origin"),
        host=headers.get("host"),
        public_origin=server.origin,
    )
    if reason is not None:
        raise CrossSiteError(reason)


def cross_site_reason(
    *, fetch_site: str | None, origin: str | None, host: str | None, public_origin: str | None
) -> str | None:
    """Why this write is refused, None when it is not. Neither header means: not a browser."""
    if fetch_site in {"cross-site", "same-site"}:
        return f"Sec-Fetch-Site is {fetch_site}."
    if origin is None:
        return None
    own = {f"http://{host}", f"https://{host}", public_origin}
    return None if origin in own else "Origin is neither the public address nor the Host."
