"""One line of docs/benchmarks.md: a figure, what it is held against in the same run, and whether the budget holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`ratio` is measured against the baseline of the same run; `budget` bounds it from below or from above."""

    what: str
    measured: str
    baseline: str
    ratio: float
    budget: float
    is_upper_bound: bool = False

    @property
    def holds(self) -> bool:
        return self.ratio <= self.budget if self.is_upper_bound else self.ratio >= self.budget

    def as_markdown(self) -> str:
        sign = "≤" if self.is_upper_bound else "≥"
        verdict = "yes" if self.holds else "**no**"
        cells = (self.what, self.measured, self.baseline, f"{self.ratio:.2f}", f"{sign} {self.budget:g}", verdict)
        return f"| {' | '.join(cells)} |"
