from backend.jobs import LaneName
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.run_kinds import RunKind
from tests.letzshop.conftest import Connect, Look, StartRun
from tests.support.jobs import RunnerMaker


async def test_historical_imports_take_no_place_of_what_is_small(
    connect: Connect, start: StartRun, make_runner: RunnerMaker, look: Look
) -> None:
    histories = [await start(await connect(number), RunKind.HISTORY) for number in (1, 2)]
    sync = await start(await connect(3))
    runner = make_runner(*letzshop_jobs.JOB_KINDS, remote_places=1, long_places=1)
    await runner.reap(LaneName.REMOTE)
    await runner.wait_until_idle()
    assert (await look.run(sync)).status == "completed"
    assert {(await look.run(history)).status for history in histories} == {"pending"}
    await runner.run_due()
    assert {(await look.run(history)).status for history in histories} == {"completed"}


async def test_a_store_s_own_sync_waits_behind_its_history(
    connect: Connect, start: StartRun, make_runner: RunnerMaker, look: Look
) -> None:
    store = await connect(1)
    history, sync = await start(store, RunKind.HISTORY), await start(store)
    runner = make_runner(*letzshop_jobs.JOB_KINDS)
    await runner.reap(LaneName.REMOTE)
    await runner.wait_until_idle()
    assert (await look.run(sync)).status == "pending"
    await runner.run_due()
    assert [(await look.run(run)).status for run in (history, sync)] == ["completed", "completed"]


def test_a_history_ends_like_every_run_when_its_job_dies_or_is_cancelled() -> None:
    kinds = {kind.name: kind for kind in letzshop_jobs.JOB_KINDS}
    run, history = kinds["letzshop.run"], kinds["letzshop.run_history"]
    assert (history.lane, run.lane) == (LaneName.LONG, LaneName.REMOTE)
    assert (history.handler, history.on_dead, history.on_cancelled, history.timeout) == (
        run.handler, run.on_dead, run.on_cancelled, run.timeout,
    )  # fmt: skip
