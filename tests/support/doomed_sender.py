"""The product's worker, killed by itself at one step of the way of a message: `python -m tests.support.doomed_sender`.

TOCSIN_STORY_DIES names the step, as `before planning` or `after send`.
"""

import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from backend import wiring
from backend.core.logs import configure_logs
from backend.core.settings import load_settings
from backend.delivery import dispatcher, folding, messages, recording
from backend.delivery.channels.webhook import WebhookSender
from backend.delivery.claiming import Turn
from backend.worker import run_in_fast_loop, serve

# Name of a step -> who does it.
STEPS = {
    "planning": (messages.MessageWriter, "write_planned"),
    "claim": (dispatcher, "claim"),
    "opening": (dispatcher, "envelopes"),
    "send": (WebhookSender, "send"),
    "record": (recording, "record_successes"),
}
# Of a try that failed, and of what a throttle kept back; each once in its transaction, and once when that is committed.
RARE_STEPS = {
    "failure": (dispatcher, "record_failure"),
    "outcome": (dispatcher.Dispatcher, "_record"),
    "writing the fold": (folding, "_write"),
    "fold": (dispatcher, "fold_held_back"),
}

Step = Callable[..., Awaitable[Any]]  # Any: whatever the step takes and gives


def doomed(step: Step, moment: str) -> Step:
    async def one(*given: Any, **named: Any) -> Any:  # Any: see Step
        if moment == "before":
            die()
        done = await step(*given, **named)
        if not _found_nothing(done):
            die()
        return done

    return one


def _found_nothing(done: object) -> bool:
    """A claim or a fold of nothing was no step."""
    return done == 0 or (isinstance(done, Turn) and not done.claimed)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, _, name = os.environ["TOCSIN_STORY_DIES"].partition(" ")
    owner, attribute = (STEPS | RARE_STEPS)[name]
    setattr(owner, attribute, doomed(getattr(owner, attribute), moment))
    configure_logs(level="WARNING", pretty=False)
    run_in_fast_loop(
        serve(load_settings(), kinds=wiring.job_kinds(), subscriptions=wiring.subscriptions(), schedules=[])
    )
