import pytest

from backend.embedded.restarts import LONGEST_DELAY, decide_restart, how_it_ended


def test_a_single_death_is_followed_by_a_restart_almost_at_once() -> None:
    restart = decide_restart("Worker", -9, ran_seconds=35.4, failures=0)

    assert restart.delay == 0.2
    assert restart.reason == "Worker was killed by SIGKILL after 35 s; starting it again in 0.2 s."


def test_the_delay_doubles_with_each_quick_death() -> None:
    failures, delays = 0, []
    for _ in range(5):
        restart = decide_restart("API", 1, ran_seconds=0.1, failures=failures)
        failures = restart.failures
        delays.append(restart.delay)

    assert delays == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2])


def test_the_delay_has_a_limit() -> None:
    assert decide_restart("API", 1, ran_seconds=0.1, failures=50).delay == LONGEST_DELAY


def test_having_run_for_a_while_forgives_the_deaths_before() -> None:
    assert decide_restart("API", 1, ran_seconds=31, failures=7).failures == 1


def test_a_known_cause_is_part_of_the_reason() -> None:
    restart = decide_restart("PostgreSQL", 1, ran_seconds=3, failures=0, cause="the disk is full")

    assert "stopped with exit code 1 after 3 s (the disk is full);" in restart.reason


@pytest.mark.parametrize(
    ("exit_code", "words"),
    [
        (0, "stopped with exit code 0"),
        (3, "stopped with exit code 3"),
        (-15, "was killed by SIGTERM"),
        (-250, "was killed by signal 250"),
    ],
)
def test_every_way_to_end_has_its_words(exit_code: int, words: str) -> None:
    assert how_it_ended(exit_code) == words
