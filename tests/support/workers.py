"""Real worker processes, killed and started again, and a Valkey that loses everything."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from backend.embedded.data_folder import DataFolder, open_data_folder
from backend.embedded.leftovers import ChildList
from backend.embedded.services import Running, start_valkey, stop_service, temporary_folder

ROOT = Path(__file__).resolve().parents[2]
STORY_JOBS = ("tests.support.job_worker",)
PRODUCT = ("backend.cli", "worker")


@dataclass
class Doorbell:
    """A Valkey without memory on disk."""

    folder: DataFolder
    children: ChildList
    running: Running

    @property
    def url(self) -> str:
        return self.running.service.url

    def forget_everything(self) -> None:
        with Redis.from_url(self.url) as redis:
            redis.flushall()

    def die_and_return_empty(self, *, after: float) -> None:
        """SIGKILL, and after that many seconds a new one on the same port that knows nothing."""
        self.running.child.kill()
        self.running.child.wait()
        time.sleep(after)
        self.running = start_valkey(self.folder, self.children, durable=False)


@contextmanager
def forgetful_doorbell() -> Iterator[Doorbell]:
    with temporary_folder() as root:
        folder = open_data_folder(root)
        children = ChildList(folder.children)
        doorbell = Doorbell(folder, children, start_valkey(folder, children, durable=False))
        try:
            yield doorbell
        finally:
            stop_service(doorbell.running, children)


@dataclass
class Crew:
    """Worker processes, of stories' own jobs or of the product's."""

    environment: dict[str, str]
    argv: tuple[str, ...]
    members: list[subprocess.Popen[bytes]] = field(default_factory=list)
    is_dismissed: bool = False

    def hire(self, count: int = 1) -> None:
        if self.is_dismissed:
            # It would outlive its story and work, with that story's settings, through all that follow.
            raise RuntimeError("the story is over: nobody is left to dismiss a new worker")
        for _ in range(count):
            self.members.append(subprocess.Popen(self.argv, cwd=ROOT, env=self.environment))

    def kill_one(self) -> None:
        """SIGKILL the one that has worked longest."""
        victim = self.members.pop(0)
        victim.kill()
        victim.wait()

    def dismiss(self) -> None:
        self.is_dismissed = True
        for member in self.members:
            member.terminate()
        for member in self.members:
            member.wait(20)

    def replace_the_dead(self) -> int:
        """Start a worker for each that died, as the supervisor does; how many."""
        dead = [member for member in self.members if member.poll() is not None]
        self.members = [member for member in self.members if member.poll() is None]
        self.hire(len(dead))
        return len(dead)


@contextmanager
def crew(
    database_url: str, redis_url: str, *, lease: int, module: Sequence[str] = STORY_JOBS, **settings: str
) -> Iterator[Crew]:
    """Workers that `hire` starts; `module` is run by Python, `settings` are environment variables."""
    environment = (
        os.environ
        | settings
        | {
            "TOCSIN_DATABASE_URL": database_url,
            "TOCSIN_REDIS_URL": redis_url,
            "TOCSIN_JOB_LEASE": str(lease),
        }
    )
    workers = Crew(environment, (sys.executable, "-m", *module))
    with ExitStack() as stack:
        stack.callback(workers.dismiss)
        yield workers
