"""The reference page at /docs: the OpenAPI document as plain HTML, without a script or an asset from anywhere."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

Json = Any  # an OpenAPI document is JSON

_STYLE = """
:root { color-scheme: light dark; --line: light-dark(#d0d5dd, #3a4150); --soft: light-dark(#f5f6f8, #1d222b) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem }
h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: .5rem .8rem }
summary { cursor: pointer } summary b { display: inline-block; min-width: 4.2rem }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top }
code { background: var(--soft); border-radius: .25rem; padding: .1rem .3rem; overflow-wrap: anywhere }
"""


def reference_page(document: dict[str, Json], nonce: str) -> str:
    """The whole page; `nonce` lets its one style element pass the Content-Security-Policy."""
    info = document["info"]
    schemas = document["components"]["schemas"]
    body = "".join(
        [
            f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>",
            f"<p>{escape(info.get('description', ''))}</p>",
            '<p>The same as data: <a href="/openapi.json">openapi.json</a></p>',
            *(_group(tag, operations) for tag, operations in _by_tag(document).items()),
            '<h2 id="schemas">Schemas</h2>',
            *(_schema(name, schema) for name, schema in sorted(schemas.items())),
        ]
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(info["title"])} API</title><style nonce="{escape(nonce)}">{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )


def _by_tag(document: dict[str, Json]) -> dict[str, list[tuple[str, str, Json]]]:
    groups: dict[str, list[tuple[str, str, Json]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append((method.upper(), path, operation))
    return groups


def _group(tag: str, operations: Iterable[tuple[str, str, Json]]) -> str:
    return f"<section><h2>{escape(tag)}</h2>{''.join(_operation(*found) for found in operations)}</section>"


def _operation(method: str, path: str, operation: Json) -> str:
    rows = [*_parameter_rows(operation), *_body_rows(operation), *_response_rows(operation)]
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><b>{method}</b> <code>{escape(path)}</code> '
        f"{escape(operation.get('summary', ''))}</summary><table>{''.join(rows)}</table></details>"
    )


def _parameter_rows(operation: Json) -> Iterator[str]:
    for parameter in operation.get("parameters", ()):
        needed = "required" if parameter.get("required") else "optional"
        yield _row(parameter["name"], f"{parameter['in']}, {needed}", _type(parameter["schema"]))


def _body_rows(operation: Json) -> Iterator[str]:
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield _row("body", escape(media), _type(content.get("schema", {})))


def _response_rows(operation: Json) -> Iterator[str]:
    for status, response in sorted(operation["responses"].items()):
        types = [_type(content.get("schema", {})) for content in response.get("content", {}).values()]
        yield _row(status, escape(response.get("description", "")), " or ".join(types))


def _schema(name: str, schema: Json) -> str:
    required = schema.get("required", ())
    rows = [
        _row(field, "" if field in required else "optional", _type(described))
        for field, described in schema.get("properties", {}).items()
    ]
    content = f"<table>{''.join(rows)}</table>" if rows else f"<p>{_type(schema)}</p>"
    return f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>{content}</details>'


def _row(name: str, note: str, described: str) -> str:
    return f"<tr><th><code>{escape(name)}</code></th><td>{note}</td><td>{described}</td></tr>"


def _type(schema: Json) -> str:
    """A schema in a few words, with links to the named ones."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            return " or ".join(_type(choice) for choice in schema[key])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    kind = schema.get("type", "any")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return escape(f"{words} ({schema['format']})" if "format" in schema else words)
