# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Figures, their spread, and whether they keep to their bounds."""

from dataclasses import dataclass
from statistics import median, quantiles


def spread(values):
    """Return the middle half of some values: (first quartile, third quartile)."""
    if len(values) < 2:
        return values[0], values[0]
    first, _middle, third = quantiles(values, n=4, method="inclusive")
    return first, third


@dataclass(frozen=True)
class Figure:
    """One measured quantity.

    :ivar values: what was measured, each time; the median counts
    :ivar bound: the largest median that is good, None where nothing is demanded
    """

    name: str
    values: tuple
    unit: str = ""
    bound: float | None = None

    @property
    def value(self):
        """The median."""
        return median(self.values)

    @property
    def is_good(self):
        """Whether the figure keeps to its bound."""
        return self.bound is None or self.value <= self.bound

    def row(self):
        """Return the cells of the table's row."""
        low, high = spread(self.values)
        return (
            self.name,
            f"{_shown(self.value)} {self.unit}".strip(),
            f"{_shown(low)} .. {_shown(high)}" if len(self.values) > 1 else "",
            str(len(self.values)),
            "" if self.bound is None else f"<= {_shown(self.bound)}",
            "" if self.bound is None else ("ok" if self.is_good else "BROKEN"),
        )


def show(title, figures):
    """Print the table of one benchmark."""
    head = ("", "median", "middle half", "n", "bound", "")
    rows = [head, *(figure.row() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n== {title}")
    for row in rows:
        name, *cells = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((name, *cells)).rstrip(), flush=True)


def _shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
