"""The two ways to ask for an import, in one route: a file as multipart, or an address as JSON."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from backend.catalog.models import ImportJob
from backend.catalog.schemas import ImportFromUrl, UploadFields
from backend.catalog.service import ImportService, new_storage_key
from backend.catalog.storage import open_storage
from backend.catalog.upload import FILE_FIELD, Upload, converted, decoded, receive_upload
from backend.core.egress import EgressGuard
from backend.core.errors import InvalidInputError, PayloadTooLargeError
from backend.core.patterns import WEB_ADDRESS
from backend.core.settings import Settings

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
# The route takes uploads of any length, so what is no upload is measured before it is read.
_MOST_JSON = 1 << 20
_MULTIPART = "multipart/form-data"


def refuse_large_json(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """A guard: only uploads may be longer than other bodies are (design 5)."""
    if connection.headers.get("content-type", "").lower().startswith(_MULTIPART):
        return
    length = connection.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST_JSON:
        raise PayloadTooLargeError(f"A body that is no upload says its length, at most {_MOST_JSON:,} bytes.")


@asynccontextmanager
async def receiving(request: AnyRequest) -> AsyncIterator[bytes | None]:
    """Put an upload into the storage, for `import_from`; its hash. No file stays when the block fails."""
    content_type = request.headers.get("content-type", "")
    if not content_type.lower().startswith(_MULTIPART):
        yield None
        return
    stores = request.app.state.settings.stores
    storage, key = open_storage(stores), new_storage_key()
    try:
        upload = await receive_upload(request.stream(), content_type, storage, key, limit=stores.max_upload)
        request.state.upload = upload
        yield upload.digest
    except BaseException:
        await storage.delete(key)
        raise


async def import_from(
    request: AnyRequest, service: ImportService, settings: Settings, user_id: int | None
) -> ImportJob:
    """Start the import that the request asks for; what is wrong with it names the field."""
    upload: Upload | None = request.state.get("upload")
    if upload is not None:
        return await _from_upload(upload, service, user_id)
    wanted = decoded(await request.body(), ImportFromUrl)
    await EgressGuard(settings.egress_allow).check_url(wanted.source_url, field="source_url")
    return await service.start_from_url(
        store_id=wanted.store_id, language=wanted.language, source_url=wanted.source_url, user_id=user_id
    )


async def _from_upload(upload: Upload, service: ImportService, user_id: int | None) -> ImportJob:
    wanted = converted(upload.fields, UploadFields)
    if upload.size is None or upload.file_name is None:
        raise InvalidInputError.field(FILE_FIELD, "the upload has no file")
    return await service.start_upload(
        store_id=wanted.store_id,
        language=wanted.language,
        file_name=upload.file_name,
        storage_key=upload.key,
        size=upload.size,
        user_id=user_id,
    )


_FIELDS: dict[str, Reference | Schema] = {
    "store_id": Schema(type=OpenAPIType.INTEGER, minimum=1),
    "language": Schema(type=OpenAPIType.STRING, enum=["fr", "de", "en"]),
}


@dataclass
class StartImportOperation(Operation):
    """Both bodies in the OpenAPI document: the route reads them itself, so that Litestar knows of neither."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        url = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.URL, max_length=2000, pattern=WEB_ADDRESS)
        self.request_body = RequestBody(
            required=True,
            content={
                _MULTIPART: OpenAPIMediaType(schema=_object({**_FIELDS, FILE_FIELD: file})),
                "application/json": OpenAPIMediaType(schema=_object({**_FIELDS, "source_url": url})),
            },
        )


def _object(properties: dict[str, Reference | Schema]) -> Schema:
    return Schema(
        type=OpenAPIType.OBJECT,
        properties=properties,
        required=list(properties),
        additional_properties=False,
    )
