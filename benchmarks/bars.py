"""Prints figures beside their bars."""

from __future__ import annotations


class Table:
    """Prints figures beside their bars and remembers whether all were kept."""

    def __init__(self) -> None:
        self.kept = True
        print(f"{'':54}{'figure':>12}  {'bar':<10}")

    def row(self, name: str, figure: float, bar: float | None, shown: str, *, least: bool) -> None:
        """Print one figure; without a bar it is there to compare with."""
        text = f"{name:<54}{shown.format(figure):>12}"
        if bar is not None:
            good = figure >= bar if least else figure <= bar
            self.kept &= good
            sign = "≥" if least else "≤"
            text += f"  {sign + ' ' + shown.format(bar):<12}{'ok' if good else 'OVER'}"
        print(text, flush=True)

    def at_most(self, name: str, figure: float, bar: float | None, shown: str = "{:.0f}") -> None:
        """Print a figure that is to be small."""
        self.row(name, figure, bar, shown, least=False)

    def at_least(self, name: str, figure: float, bar: float | None, shown: str = "{:.1f}x") -> None:
        """Print a figure that is to be large."""
        self.row(name, figure, bar, shown, least=True)
