"""Charts as SVG, in the colours of the page, light or dark."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from amlrest._markup import Markup, join, tag
from amlrest.charts.sampling import thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amlrest.charts.scales import Scale, Tick

WIDTH, HEIGHT = 400, 260
_TOP, _RIGHT, _BOTTOM = 26, 14, 40
_CHARACTER = 6.7
"""Width of a character of a label."""
_MOST_LEFT = 110
_MANY, _RADIUS, _RADIUS_OF_MANY = 200, 4, 2.5
COLOURS = 8
"""Colours of lines; those of further ones are dashed."""


class Mark(NamedTuple):
    """A point of a chart.

    Attributes:
        x: on the horizontal scale.
        y: on the vertical scale; None for a mark on the lower edge, which has no value.
        title: what is shown when one points at it.
        kind: ``done``, ``other``, ``failed`` or ``best``; ``step`` is a small one, on a line.
        link: what is opened with a click.
    """

    x: float
    y: float | None
    title: str
    kind: str = "done"
    link: str | None = None


class Line(NamedTuple):
    """A line of a chart.

    Attributes:
        points: from left to right; those that are not finite are gaps.
        style: class in the style sheet.
        title: what is shown when one points at it.
    """

    points: Sequence[tuple[float, float]]
    style: str = "line c0"
    title: str | None = None


class Axis(NamedTuple):
    """An axis of a chart."""

    title: str
    scale: Scale


class _Area(NamedTuple):
    """Where the values of a chart are drawn."""

    left: float
    x: Scale
    y: Scale

    @property
    def width(self) -> float:
        return WIDTH - _RIGHT - self.left

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.across(self.x.place(x)), self.down(self.y.place(y))

    def across(self, place: float) -> float:
        return self.left + place * self.width

    @staticmethod
    def down(place: float) -> float:
        return HEIGHT - _BOTTOM - place * (HEIGHT - _BOTTOM - _TOP)


def chart(
    x: Axis, y: Axis, *, lines: Iterable[Line] = (), marks: Sequence[Mark] = (), note: str = ""
) -> Markup:
    """Return a chart as a figure.

    Args:
        x: horizontal axis.
        y: vertical axis.
        lines: drawn below the marks.
        marks: from bottom to top.
        note: what is not drawn, below the chart.
    """
    y_ticks = y.scale.ticks
    longest = max((len(tick.label) for tick in y_ticks), default=0)
    area = _Area(min(longest * _CHARACTER + 12, _MOST_LEFT), x.scale, y.scale)
    radius = _RADIUS if len(marks) <= _MANY else _RADIUS_OF_MANY
    has_links = any(mark.link for mark in marks)  # of which an image would have none
    drawn = tag(
        "svg",
        join(_horizontal(area, tick) for tick in y_ticks),
        join(_vertical(area, tick, room) for tick, room in _with_room(area, x.scale.ticks)),
        tag("text", shortened(y.title, WIDTH / _CHARACTER), tag("title", y.title), x=2, y=14),
        tag(
            "text",
            shortened(x.title, area.width / _CHARACTER),
            tag("title", x.title),
            x=_round(area.left + area.width / 2),
            y=HEIGHT - 6,
            class_="middle",
        ),
        join(_line(area, line) for line in lines),
        join(_mark(area, mark, radius) for mark in marks),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group" if has_links else "img",
        aria_label=f"{y.title} against {x.title}",
    )
    return tag("figure", drawn, tag("figcaption", note) if note else None)


def polyline(points: Iterable[tuple[float, float]], style: str, title: str | None = None) -> Markup:
    """Return a line through pixels."""
    written = " ".join(f"{_round(x)},{_round(y)}" for x, y in points)
    return tag("polyline", tag("title", title) if title else None, points=written, class_=style)


def shortened(text: str, most: float) -> str:
    """Return a text of at most so many characters, marking a cut with an ellipsis."""
    return text if len(text) <= most else text[: max(int(most) - 1, 1)] + "…"


def _horizontal(area: _Area, tick: Tick) -> Markup:
    y = _round(area.down(tick.place))
    label = tag(
        "text",
        shortened(tick.label, (area.left - 8) / _CHARACTER),
        tag("title", tick.label),
        x=_round(area.left - 6),
        y=y + 4,
        class_="end tick",
    )
    return join([tag("line", x1=area.left, x2=WIDTH - _RIGHT, y1=y, y2=y, class_="grid"), label])


def _with_room(area: _Area, ticks: Sequence[Tick]) -> list[tuple[Tick, float]]:
    """Return the ticks whose labels do not cover each other, with the room for each in pixels.

    Where there is no room for all, every second or third one is left out.
    """
    if not ticks:
        return []
    spacing = area.width / len(ticks) if len(ticks) > 1 else area.width
    if len(ticks) > 1:
        spacing = area.width * min(b.place - a.place for a, b in pairwise(ticks))
    needed = min(max(len(tick.label) for tick in ticks), 9) * _CHARACTER + 6
    every = max(1, math.ceil(needed / max(spacing, 1)))
    return [(tick, spacing * every) for tick in ticks[::every]]


def _vertical(area: _Area, tick: Tick, room: float) -> Markup:
    x, bottom = _round(area.across(tick.place)), HEIGHT - _BOTTOM
    return join(
        [
            tag("line", x1=x, x2=x, y1=_TOP, y2=bottom, class_="grid"),
            tag(
                "text",
                shortened(tick.label, room / _CHARACTER),
                tag("title", tick.label),
                x=x,
                y=bottom + 16,
                class_="middle tick",
            ),
        ]
    )


def _line(area: _Area, line: Line) -> Markup:
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in thinned(line.points):
        if math.isfinite(y):
            pieces[-1].append(area.at(x, y))
        elif pieces[-1]:
            pieces.append([])
    return join(_piece(piece, line) for piece in pieces if piece)


def _piece(piece: list[tuple[float, float]], line: Line) -> Markup:
    if len(piece) > 1:
        return polyline(piece, line.style, line.title)
    title = tag("title", line.title) if line.title else None
    dot = line.style.replace("line", "dot")
    return tag("circle", title, cx=_round(piece[0][0]), cy=_round(piece[0][1]), r=2.5, class_=dot)


def _mark(area: _Area, mark: Mark, radius: float) -> Markup:
    y = HEIGHT - _BOTTOM if mark.y is None else _round(area.down(area.y.place(mark.y)))
    x = _round(area.across(area.x.place(mark.x)))
    drawn = _shape(mark, x, y, radius)
    # A table has the same links: nobody has to press Tab for each of hundreds of marks.
    return tag("a", drawn, href=mark.link, tabindex=-1) if mark.link else drawn


def _shape(mark: Mark, x: float, y: float, radius: float) -> Markup:
    title, style = tag("title", mark.title), Markup(f"mark {mark.kind}")
    if mark.kind == "best":
        return tag("path", title, d=_star(x, y, 9), class_=style)
    if mark.kind == "failed":
        return tag("path", title, d=f"M{x - 3} {y - 3}l6 6m0 -6l-6 6", class_=style)
    return tag("circle", title, cx=x, cy=y, r=1 if mark.kind == "step" else radius, class_=style)


def _star(x: float, y: float, radius: float) -> str:
    corners = [
        (x + r * math.sin(n * math.pi / 5), y - r * math.cos(n * math.pi / 5))
        for n, r in enumerate([radius, radius * 0.42] * 5)
    ]
    return "M" + "L".join(f"{_round(a)} {_round(b)}" for a, b in corners) + "Z"


def _round(value: float) -> float:
    """Return a pixel to a tenth, without a decimal where it is whole."""
    found = round(value, 1)
    return int(found) if found == int(found) else found
