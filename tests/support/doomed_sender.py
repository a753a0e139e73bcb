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
from backend.delivery import dispatcher, messages
from backend.delivery.channels.webhook import WebhookSender
from backend.worker import run_in_fast_loop, serve

# Name of a step -> who does it.
STEPS = {
    "planning": (messages.MessageWriter, "write_planned"),
    "claim": (dispatcher, "claim"),
    "opening": (dispatcher, "envelopes"),
    "send": (WebhookSender, "send"),
    "record": (dispatcher, "record_successes"),
}

Step = Callable[..., Awaitable[Any]]  # Any: whatever the step takes and gives


def doomed(step: Step, moment: str) -> Step:
    async def one(*given: Any, **named: Any) -> Any:  # Any: see Step
        if moment == "before":
            die()
        done = await step(*given, **named)
        # A claim that found nothing was no step.
        if done != []:
            die()
        return done

    return one


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, _, name = os.environ["TOCSIN_STORY_DIES"].partition(" ")
    owner, attribute = STEPS[name]
    setattr(owner, attribute, doomed(getattr(owner, attribute), moment))
    configure_logs(level="WARNING", pretty=False)
    run_in_fast_loop(
        serve(load_settings(), kinds=wiring.job_kinds(), subscriptions=wiring.subscriptions(), schedules=[])
    )
