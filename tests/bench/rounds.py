"""Measures taken in turn, round after round, so that what disturbs the machine disturbs all of them."""

from collections.abc import Callable, Mapping
from statistics import median

from tests.bench.row import Row

ROUNDS = 7


class Rounds:
    """The rate of each measure in each round; each may also be held against a baseline of the same round."""

    def __init__(self, measures: Mapping[str, Callable[[], float]], *, rounds: int = ROUNDS) -> None:
        self._rates: dict[str, list[float]] = {name: [] for name in measures}
        for _ in range(rounds):
            for name, measure in measures.items():
                self._rates[name].append(measure())

    def row(self, what: str, name: str, *, against: str, budget: float) -> Row:
        """The median rates, and the median of the rounds' ratios."""
        ratios = [rate / base for rate, base in zip(self._rates[name], self._rates[against], strict=True)]
        measured, baseline = (f"{median(self._rates[key]):,.0f}/s" for key in (name, against))
        return Row(what, measured, baseline, median(ratios), budget)
