import asyncio

from backend.jobs.lane import Lane


def test_a_lane_counts_its_free_places() -> None:
    lane = Lane(["greet"], places=3)
    lane.occupy(2)
    assert lane.free == 1
    lane.leave()
    assert lane.free == 2


async def test_a_full_lane_lets_wait_until_somebody_leaves() -> None:
    lane = Lane(["greet"], places=1)
    lane.occupy(1)
    waiting = asyncio.create_task(lane.wait_for_free())
    await asyncio.sleep(0)
    assert not waiting.done()
    lane.leave()
    assert await waiting == 1


async def test_of_two_who_wait_only_one_gets_the_place() -> None:
    lane = Lane(["greet"], places=1)
    lane.occupy(1)

    async def enter() -> None:
        await lane.wait_for_free()
        lane.occupy(1)

    waiting = [asyncio.create_task(enter()) for _ in range(2)]
    await asyncio.sleep(0)
    lane.leave()
    await asyncio.wait(waiting, timeout=0.05)
    assert sorted(task.done() for task in waiting) == [False, True]
    lane.leave()
    await asyncio.gather(*waiting)
