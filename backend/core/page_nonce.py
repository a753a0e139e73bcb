"""The nonce that a response's security policy names, and that the styles and scripts of its page carry."""

from litestar.types import Scope

from backend.core.secrets import random_token


def csp_nonce(scope: Scope) -> str:
    """One for each response; pages carry it, every other response only names it."""
    state = scope.setdefault("state", {})
    if "csp_nonce" not in state:
        state["csp_nonce"] = random_token()
    found: str = state["csp_nonce"]
    return found
