"""Delivery: what happened reaches people by mail, chat and webhook, at least once, and why it did or did not."""

from backend.delivery.models import Delivery, Destination, Message

__all__ = ["Delivery", "Destination", "Message"]
