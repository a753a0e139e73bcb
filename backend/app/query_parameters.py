"""Unknown query parameters are an error (design 5): a misspelt filter must not look like an answer."""

from litestar import Litestar, Request
from litestar.datastructures import State

from backend.auth import Principal
from backend.core.errors import FieldError, InvalidInputError

_STATE_KEY = "known_query_parameters"


def learn_query_parameters(app: Litestar) -> None:
    """Read from the app's own OpenAPI document which query parameters each operation takes."""
    known: dict[str, frozenset[str]] = {}
    for path in (app.openapi_schema.paths or {}).values():
        for method in ("get", "post", "put", "patch", "delete"):
            operation = getattr(path, method)
            if operation is not None and operation.operation_id is not None:
                parameters = operation.parameters or []
                known[operation.operation_id] = frozenset(
                    parameter.name for parameter in parameters if getattr(parameter, "param_in", None) == "query"
                )
    app.state[_STATE_KEY] = known


async def refuse_unknown_query_parameters(request: Request[Principal, None, State]) -> None:
    """Litestar's `before_request` hook; raises InvalidInputError that names each unknown one."""
    given = request.query_params.keys()
    if not given:
        return
    operation_id = getattr(request.route_handler, "operation_id", None)
    known = request.app.state[_STATE_KEY].get(operation_id)
    if known is None:
        return
    unknown = sorted(set(given) - known)
    if unknown:
        raise InvalidInputError(
            f"Unknown query parameters: {', '.join(unknown)[:300]}.",
            errors=tuple(FieldError(path=name[:100], message="unknown query parameter") for name in unknown[:20]),
        )
