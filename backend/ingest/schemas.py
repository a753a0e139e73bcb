import msgspec

from backend.ingest.signal import SignalFailure


class IngestOut(msgspec.Struct):
    """Counted per alert sent. `ignored_count` were over but not open, `truncated_count` is what the sender left out."""

    created_count: int
    incremented_count: int
    resolved_count: int
    ignored_count: int
    truncated_count: int
    failed: list[SignalFailure]
