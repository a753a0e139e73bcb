"""Actions meet the simulated Letzshop of the tests of letzshop."""

from tests.letzshop.conftest import (
    _letzshop,
    _letzshop_apps,
    app,
    connect,
    letzshop,
    look,
    settings,
    start,
    store,
)

__all__ = ["_letzshop", "_letzshop_apps", "app", "connect", "letzshop", "look", "settings", "start", "store"]
