"""Real time: hints from Redis pub/sub to each browser's event stream."""

from backend.realtime.controllers import EventController
from backend.realtime.hub import Hub

__all__ = ["EventController", "Hub"]
