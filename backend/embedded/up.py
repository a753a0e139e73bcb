"""`tocsin up`: from nothing to a running Tocsin, and cleanly back."""

import errno
import os
import signal
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import IO

from backend.core.settings import Settings
from backend.embedded import preflight
from backend.embedded.data_folder import DataFolder, disk_full, keep_secret, open_data_folder
from backend.embedded.errors import DiskFullError, ServiceFailedError, StartError
from backend.embedded.keeper import Charge, Keeper
from backend.embedded.leftovers import ChildList, end_leftovers
from backend.embedded.lock import sole_user
from backend.embedded.ports import LOOPBACK, service_port
from backend.embedded.process import end_with_parent, spawn, stop
from backend.embedded.program import Program, Ready, Step
from backend.embedded.progress import Progress, complain
from backend.embedded.reaper import Reaper
from backend.embedded.restarts import how_it_ended
from backend.embedded.service import Service, cause_in_log
from backend.embedded.services import Running, start_postgres, start_valkey
from backend.embedded.stopping import StopRequest, StopRequestedError
from backend.embedded.supervisor import Supervisor, all_answer

SERVICE_STOP_SECONDS = 30.0


def up(
    settings: Settings,
    steps: Sequence[Step],
    programs: Sequence[Program],
    on_ready: Callable[[Ready], None],
) -> int:
    """Start everything, keep it running, stop it when asked to; returns the exit code.

    Call it from the main thread: signals and the children's death signals belong to it.
    """
    request = StopRequest()
    request.listen()
    if preflight.is_bound_to_parent():
        end_with_parent()
    try:
        with ExitStack() as stack:
            _Start(settings, request, stack).run(steps, programs, on_ready)
    except StopRequestedError:
        return 0
    except StartError as error:
        complain(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        complain(disk_full(settings.stores.data_dir))
    return 1


class _Start:
    def __init__(self, settings: Settings, request: StopRequest, stack: ExitStack) -> None:
        self._settings = settings
        self._request = request
        self._stack = stack
        self._progress = Progress()
        self._supervisor = Supervisor(request)

    def run(self, steps: Sequence[Step], programs: Sequence[Program], on_ready: Callable[[Ready], None]) -> None:
        began = time.monotonic()
        preflight.refuse_old_python()
        folder = open_data_folder(self._settings.stores.data_dir)
        self._stack.enter_context(sole_user(folder.lock))
        self._end_leftovers(folder)
        preflight.check(self._settings)
        preflight.allow_many_files()
        children = ChildList(folder.children)
        self._stack.callback(Reaper(folder.children).close)
        self._stack.callback(self._supervisor.stop_all)

        database_url, redis_url = self._start_services(folder, children)
        env = environment(self._settings, folder, database_url, redis_url)
        programs = [placed(program, folder, env) for program in programs]
        said = {step.title: self._run_step(step, env, children) for step in steps}
        self._start_programs(programs, env, children)
        on_ready(Ready(database_url, redis_url, time.monotonic() - began, said))
        self._supervisor.run()

    def _end_leftovers(self, folder: DataFolder) -> None:
        ended = end_leftovers(folder.children)
        if ended:
            self._progress.say(f"Ended what an earlier Tocsin had left running: {', '.join(ended)}.")

    def _start_services(self, folder: DataFolder, children: ChildList) -> tuple[str, str]:
        stores = self._settings.stores
        database_url, redis_url = stores.database_url, stores.redis_url
        if database_url is None:
            title = "Starting PostgreSQL" if folder.postgres.exists() else "Creating the PostgreSQL database"
            with self._progress.step(title):
                running = start_postgres(folder, children, pause=self._request.pause)
            self._keep_service(running, folder, children)
            database_url = running.service.url
        if redis_url is None:
            with self._progress.step("Starting Valkey"):
                running = start_valkey(folder, children, pause=self._request.pause)
            self._keep_service(running, folder, children)
            redis_url = running.service.url
        return database_url, redis_url

    def _keep_service(self, running: Running, folder: DataFolder, children: ChildList) -> None:
        keeper = Keeper(service_charge(running.service, folder), children, self._progress.say)
        keeper.adopt(running.child)
        self._supervisor.keep(keeper)

    def _run_step(self, step: Step, env: Mapping[str, str], children: ChildList) -> str:
        with self._progress.step(step.title):
            said = run_step(step, {**env, **step.env}, children, self._request.pause)
        if said:
            self._progress.say(said)
        return said

    def _start_programs(self, programs: Sequence[Program], env: Mapping[str, str], children: ChildList) -> None:
        titles = " and ".join(program.title for program in programs)
        # A line of its own: the programs write to this terminal too.
        self._progress.say(f"Starting {titles} ...")
        began = time.monotonic()
        # Stopped from last to first, and the first is to go first.
        for program in reversed(programs):
            charge = program_charge(program, {**env, **program.env})
            self._supervisor.start(Keeper(charge, children, self._progress.say))
        urls = [program.ready_url for program in programs if program.ready_url]
        self._supervisor.wait_until(lambda: all_answer(urls), titles)
        self._progress.say(f"Ready: {titles} ... {time.monotonic() - began:.1f} s")


def environment(settings: Settings, folder: DataFolder, database_url: str, redis_url: str) -> dict[str, str]:
    """What the children are told; by environment, since argv is everybody's to read."""
    env = {name: value for name, value in os.environ.items() if name != "TOCSIN_STOP_WITH_PARENT"}
    return env | {
        "TOCSIN_DATABASE_URL": database_url,
        "TOCSIN_REDIS_URL": redis_url,
        "TOCSIN_DATA_DIR": str(folder.root),
        # Made at the first start; lost with the data folder, and with it what it encrypts.
        "TOCSIN_SECRET_KEY": env.get("TOCSIN_SECRET_KEY") or keep_secret(folder.secrets / "key"),
        # Children see a database URL in any case and could not tell that it is the embedded one.
        "TOCSIN_DEMO": "1" if settings.is_demo else "0",
    }


def placed(program: Program, folder: DataFolder, env: dict[str, str]) -> Program:
    """The program at its own port, if it has one, with its address told in `env`."""
    address = program.address
    if address is None:
        return program
    port = service_port(folder.ports, program.name).port
    url = f"http://{LOOPBACK}:{port}"
    env[address.variable] = url + address.path
    return replace(program, argv=[*program.argv, "--port", str(port)], ready_url=url + address.health)


def service_charge(service: Service, folder: DataFolder) -> Charge:
    return Charge(
        service.name,
        service.title,
        service.spawn,
        service.stop_signal,
        SERVICE_STOP_SECONDS,
        cause=partial(cause_in_log, service, folder),
    )


def program_charge(program: Program, env: Mapping[str, str]) -> Charge:
    return Charge(
        program.name,
        program.title,
        partial(spawn, program.argv, env=env),
        signal.SIGTERM,
        program.stop_seconds,
    )


def run_step(step: Step, env: Mapping[str, str], children: ChildList, pause: Callable[[float], None]) -> str:
    """Run a step to its end; returns what it printed, raises ServiceFailedError with what it complained of."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        child = spawn(step.argv, env=env, output=said, errors=complained)
        children.add(step.title, child.pid, signal.SIGTERM)
        try:
            while child.poll() is None:
                pause(0.05)
        finally:
            stop(child, signal.SIGTERM, within=10)
            children.remove(step.title)
        if child.returncode != 0:
            raise step_failure(step, child.returncode, _text(complained) or _text(said))
        return _text(said)


def step_failure(step: Step, exit_code: int, words: str) -> StartError:
    if "No space left on device" in words:
        return DiskFullError(f"{step.title} failed because the disk is full; make room and start again.")
    last = "\n".join(words.splitlines()[-15:])
    return ServiceFailedError(f"{step.title} {how_it_ended(exit_code)}:\n{last}")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace").strip()
