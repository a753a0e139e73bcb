"""The demo platform: merchants, stores, some weeks of history, and imports of which one goes wrong."""

from backend.demo.seed import seed_demo

__all__ = ["seed_demo"]
