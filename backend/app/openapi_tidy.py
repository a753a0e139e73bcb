"""Makes Litestar's OpenAPI document one that clients like to generate code from: short names, no noise."""

import re
from collections.abc import Callable
from typing import Any

Json = Any  # an OpenAPI document is JSON

_COMPONENTS = "#/components/schemas/"
# Page_backend.notifications.schemas.NotificationOut_ -> NotificationPage
_GENERIC = re.compile(r"^(?P<outer>\w+?)_(?:[\w.]*\.)?(?P<inner>\w+?)(?:Out)?_$")
# Litestar writes these everywhere with the values that they have when they are left out.
_NOISE = {"allowEmptyValue": False, "allowReserved": False, "deprecated": False, "headers": {}}


def tidy(document: dict[str, Json]) -> dict[str, Json]:
    """The same document without module paths in its names, null in its query strings and values nobody set."""
    schemas = document["components"]["schemas"]
    names = {name: short_name(name) for name in schemas}
    clashes = len(names) - len(set(names.values()))
    if clashes:
        raise ValueError(f"{clashes} OpenAPI components would share a name")
    document["components"]["schemas"] = {names[name]: schema for name, schema in schemas.items()}
    tidied: dict[str, Json] = _walk(document, lambda node: _without_noise(_renamed(node, names)))
    for path in tidied["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _without_null(parameter["schema"])
            # Of a route that answers nothing but sets a cookie, Litestar says that it answers null.
            operation["responses"].get("204", {}).pop("content", None)
    return tidied


def short_name(name: str) -> str:
    found = _GENERIC.match(name)
    return found["inner"] + found["outer"] if found else name.rpartition(".")[2]


def _walk(node: Json, change: Callable[[dict[str, Json]], dict[str, Json]]) -> Json:
    if isinstance(node, dict):
        return change({key: _walk(value, change) for key, value in node.items()})
    if isinstance(node, list):
        return [_walk(item, change) for item in node]
    # Bounds come as 200.0 where the type is integer.
    return int(node) if isinstance(node, float) and node.is_integer() else node


def _renamed(node: dict[str, Json], names: dict[str, str]) -> dict[str, Json]:
    target = node.get("$ref")
    if isinstance(target, str) and target.startswith(_COMPONENTS):
        name = target.removeprefix(_COMPONENTS)
        node["$ref"] = _COMPONENTS + names.get(name, name)
    return node


def _without_noise(node: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in node.items() if key not in _NOISE or _NOISE[key] != value}


def _without_null(schema: dict[str, Json]) -> dict[str, Json]:
    """A parameter that is left out is absent; no query string can hold a null."""
    choices = [choice for choice in schema.get("oneOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "oneOf"}
    return {**choices[0], **rest}
