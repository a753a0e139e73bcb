"""Alerts from elsewhere: each protocol is one adapter that reads a body into signals (docs/ingest.md)."""
