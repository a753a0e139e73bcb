import dataclasses

import pytest

from backend import wiring
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs import Subscriptions
from tests.support.pipeline import Pipeline
from tests.support.times import FrozenClock


@pytest.fixture
def subscriptions() -> Subscriptions:
    """As the product has them."""
    return wiring.subscriptions()


@pytest.fixture
def pipeline(belled: Database, clock: FrozenClock, settings: Settings) -> Pipeline:
    """The whole way of a message, with a mail server set up and recorded far ends."""
    return Pipeline(belled, clock, dataclasses.replace(settings, smtp_url="smtp://mail.example.com"))
