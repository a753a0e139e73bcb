"""Whose deliveries somebody may look at."""

from backend.core.principal import Principal
from backend.core.roles import Role, may

# No person has this id: a key that may only read sees nobody's items.
_NOBODY = 0


def whose(principal: Principal) -> int | None:
    """None for those who may see everybody's; a viewer sees their own, and a viewer's key nobody's."""
    if may(principal.role, Role.OPERATOR):
        return None
    return principal.user_id if principal.user_id is not None else _NOBODY
