"""Tocsin: admin notifications and platform alerts for platforms that run many stores."""

__version__ = "0.1.0"
