"""Runs the migrations of the top-level `migrations` folder."""

from pathlib import Path
from typing import Any, Literal

from advanced_alchemy.types import DateTimeUTC
from alembic import command
from alembic.config import Config

# Any 64-bit constant: every process that migrates takes this advisory lock first.
MIGRATION_LOCK = 7_403_118_220_031
FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    # Alembic reads options through configparser, where % is special.
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    command.upgrade(alembic_config(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    command.downgrade(alembic_config(database_url), revision)


def check(database_url: str) -> None:
    """Raise when the migrations differ from the models that have been imported (`backend.wiring` imports all)."""
    command.check(alembic_config(database_url))


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # Any: Alembic's own signature
    """Write plain SQLAlchemy into generated migrations instead of advanced-alchemy's wrapper types."""
    if kind == "type" and isinstance(item, DateTimeUTC):
        return "sa.DateTime(timezone=True)"
    return False
