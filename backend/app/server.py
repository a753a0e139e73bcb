"""uvicorn, ending event streams itself: it would wait for them, and they end by themselves in half an hour."""

import socket

import uvicorn
from litestar import Litestar


class Server(uvicorn.Server):
    """Serves one app; its streams end as soon as a stop was asked for, before connections are waited for."""

    def __init__(self, app: Litestar, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.hub.close_streams()
        await super().shutdown(sockets)
