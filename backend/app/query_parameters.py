"""Unknown query parameters are an error (design 5): a misspelt filter must not look like an answer."""

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.routes import HTTPRoute

from backend.auth import Principal
from backend.core.errors import FieldError, InvalidInputError

_STATE_KEY = "known_query_parameters"


def learn_query_parameters(app: Litestar) -> None:
    """Read from the routes which query parameters each takes; pages and files, outside the schema, take any."""
    app.state[_STATE_KEY] = {
        handler: frozenset(parameter.field_alias for parameter in model.expected_query_params)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler, model in route.route_handler_map.values()
        if handler.include_in_schema
    }


async def refuse_unknown_query_parameters(request: Request[Principal, None, State]) -> None:
    """Litestar's `before_request` hook; raises InvalidInputError that names each unknown one."""
    given = request.query_params.keys()
    if not given:
        return
    known = request.app.state[_STATE_KEY].get(request.route_handler)
    if known is None:
        return
    unknown = sorted(set(given) - known)
    if unknown:
        raise InvalidInputError(
            f"Unknown query parameters: {', '.join(unknown)[:300]}.",
            errors=tuple(FieldError(path=name[:100], message="unknown query parameter") for name in unknown[:20]),
        )
