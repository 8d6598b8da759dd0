"""Benchmark results: comparisons with a peer and plain values, printed as one table."""

from __future__ import annotations

HEADER = ("measurement", "amlrest", "peer", "result", "bar", "met")


def speed(ratio: float) -> str:
    """Return a ratio of speeds in words: `3.2x faster`, or `1.3x slower` below 1."""
    return f"{ratio:.3g}x faster" if ratio >= 1 else f"{1 / ratio:.3g}x slower"


class Results:
    """The rows of a benchmark, and whether all its bars are met."""

    def __init__(self) -> None:
        self.met = True
        self._rows: list[tuple[str, ...]] = [HEADER]

    def compare(
        self,
        name: str,
        ours: float,
        peer: tuple[str, float],
        bar: float | None = None,
        shown: str = "{:.2f} s",
        *,
        rates: bool = False,
        ratio: float | None = None,
    ) -> None:
        """Add a comparison with a peer.

        Args:
            name: what was measured.
            ours: duration or rate.
            peer: name of the peer, and its duration or rate.
            bar: lowest accepted ratio of speeds: 4 is 4x faster, 0.5 is 2x slower.
            shown: format of both figures.
            rates: whether the figures are rates, where more is faster.
            ratio: ratio of speeds; that of the two figures when it is None.
        """
        if ratio is None:
            ratio = ours / peer[1] if rates else peer[1] / ours
        limit = f"{'≥' if bar >= 1 else '≤'} {speed(bar)}" if bar else None
        figures = shown.format(ours), shown.format(peer[1])
        met = ratio >= (bar or 0)
        self._add(name, *figures, f"{speed(ratio)} than {peer[0]}", bar=limit, met=met)

    def value(
        self,
        name: str,
        value: float,
        shown: str = "{:.0f}",
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Add a value, with an upper or a lower limit or none."""
        text, limit, met = shown.format(value), None, True
        if at_most is not None:
            limit, met = f"≤ {shown.format(at_most)}", value <= at_most
        elif at_least is not None:
            limit, met = f"≥ {shown.format(at_least)}", value >= at_least
        self._add(name, text, "", "", bar=limit, met=met)

    def print(self) -> None:
        """Print all rows as a Markdown table."""
        widths = [max(map(len, column)) for column in zip(*self._rows, strict=True)]
        lines = [" | ".join(map(str.ljust, row, widths)) for row in self._rows]
        lines.insert(1, "-|-".join("-" * width for width in widths))
        print("", *(f"| {line} |" for line in lines), sep="\n", flush=True)

    def _add(self, *cells: str, bar: str | None, met: bool) -> None:
        """Add a row, and print its figures while the benchmark goes on."""
        self.met &= met
        verdict = "" if bar is None else "ok" if met else "NOT MET"
        self._rows.append((*cells, bar or "", verdict))
        print("  ".join(filter(None, cells)), flush=True)
