"""The command line `tocsin`: one command a file, found here by name."""

from backend.cli.main import main

__all__ = ["main"]
