import os
import signal
import time
from collections.abc import Iterator

import pytest

from backend.embedded import stopping
from backend.embedded.stopping import StopRequest, StopRequestedError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def request_() -> Iterator[StopRequest]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield StopRequest()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_pause(request_: StopRequest, number: signal.Signals) -> None:
    request_.listen()
    os.kill(os.getpid(), number)

    with pytest.raises(StopRequestedError, match=number.name):
        request_.pause(30)


def test_a_pause_without_a_signal_lasts_its_time(request_: StopRequest) -> None:
    began = time.monotonic()
    request_.pause(0.15)

    assert time.monotonic() - began >= 0.15


def test_under_nohup_the_closed_terminal_is_ignored(request_: StopRequest) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    request_.listen()

    os.kill(os.getpid(), signal.SIGHUP)

    request_.pause(0)


def test_the_same_ctrl_c_arriving_twice_is_not_yet_urgent(request_: StopRequest) -> None:
    request_.listen()
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)

    assert not request_.is_urgent


def test_a_second_ctrl_c_later_is_urgent(request_: StopRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "SAME_WISH_SECONDS", 0.0)
    request_.listen()
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)

    assert request_.is_urgent
