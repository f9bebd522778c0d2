"""A match weight drawn: from the prior, comparison by comparison, to where it stands.

In SVG for a page and in letters for a terminal. Nothing of the records is in it: comparisons,
levels and bits only. What raises is a full bar and has a plus, what lowers is hatched and has a
minus, so colour tells nothing that is not told otherwise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Final

from graph.explanation.weights import Weighed

_ROW, _TOP, _NAMES, _BARS, _FIGURES = 24, 34, 330, 300, 70
_WIDTH: Final = _NAMES + _BARS + _FIGURES
_UP, _DOWN, _INK = "#1b6e3c", "#8a3324", "#222"
# A model has some hundred names and levels, and every picture is written in them.
_safe = lru_cache(2_000)(escape)
# Attributes and no style sheet: within a page, an SVG's styles would be the whole page's.
_LETTERS: Final = f'<g font-family="system-ui,sans-serif" font-size="13" fill="{_INK}">'


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the picture: what it says, and from which weight to which it leads."""

    name: str
    level: str
    start: float
    end: float
    total: bool = False

    @property
    def bits(self) -> str:
        figure = self.end if self.total else self.end - self.start
        return _signed(figure, "+.2f")


def bars(prior: float, found: Iterable[tuple[str, str, float]], band: str) -> list[Bar]:
    """The prior, what every comparison found with its bits, and the match weight in its band."""
    rows = [Bar("prior", "before anything is compared", 0.0, prior)]
    for name, level, bits in found:
        start = rows[-1].end
        rows.append(Bar(name.replace("_", " "), level, start, start + bits))
    return [*rows, Bar("match weight", band, 0.0, rows[-1].end, total=True)]


def bars_of(pair: Weighed) -> list[Bar]:
    found = [(part.name, part.level, part.bits) for part in pair.parts]
    return bars(pair.weights.prior, found, str(pair.decision))


def svg(pair: Weighed) -> str:
    """The picture, complete in itself: it loads nothing, and stands beside others on a page."""
    rows = bars_of(pair)
    said = _said(rows)
    own = f"w{sha256(said.encode()).hexdigest()[:8]}"
    scale = _extent(rows)
    height = _TOP + _ROW * len(rows) + 8
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img" aria-labelledby="{own}t {own}d">'
        f'<title id="{own}t">Match weight {escape(rows[-1].bits)} bits</title>'
        f'<desc id="{own}d">{said}</desc>'
        f'<pattern id="{own}p" width="5" height="5" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="2.5" height="5" fill="{_DOWN}"/></pattern>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>{_LETTERS}'
    )
    drawn = (_row(bar, place, scale, own) for place, bar in enumerate(rows))
    return "".join([head, *_borders(pair, scale, height), *drawn, "</g></svg>"])


def text(rows: list[Bar], width: int = 100) -> list[str]:
    """The same in lines of some `width` letters: `+` raises, `-` lowers, `=` is the sum."""
    names = max(len(row.name) for row in rows)
    levels = max(len(row.level) for row in rows)
    room = max(10, width - names - levels - 14)
    low, span = _extent(rows)
    lines = []
    for row in rows:
        first, last = sorted(round((at - low) / span * room) for at in (row.start, row.end))
        letter = "=" if row.total else "+" if row.end >= row.start else "-"
        bar = " " * first + letter * max(last - first, int(row.start != row.end))
        lines.append(f"{row.name:<{names}}  {row.level:<{levels}}  {row.bits:>7}  {bar}".rstrip())
    return lines


def _signed(bits: float, form: str = "+g") -> str:
    """With a minus as long as the plus: both then stand out alike."""
    return format(bits, form).replace("-", "−")


# The least weight that is drawn, and how many bits there are from it to the largest.
_Scale = tuple[float, float]


def _extent(rows: list[Bar]) -> _Scale:
    ends = [end for row in rows for end in (row.start, row.end)]
    return min(ends), (max(ends) - min(ends)) or 1.0


def _across(at: float, scale: _Scale) -> float:
    low, span = scale
    return _NAMES + (at - low) / span * _BARS


def _said(rows: list[Bar]) -> str:
    return "; ".join(f"{_safe(row.name)}, {_safe(row.level)}: {row.bits}" for row in rows)


def _row(bar: Bar, place: int, scale: _Scale, own: str) -> str:
    top = _TOP + place * _ROW
    left, right = sorted((_across(bar.start, scale), _across(bar.end, scale)))
    fill = _INK if bar.total else _UP if bar.end >= bar.start else f"url(#{own}p)"
    line = _INK if bar.total else _UP if bar.end >= bar.start else _DOWN
    return (
        f'<text x="0" y="{top + 16}">{_safe(bar.name)} <tspan fill="#595959">{_safe(bar.level)}'
        f'</tspan></text><rect x="{left:.1f}" y="{top + 4}" width="{max(right - left, 1):.1f}"'
        f' height="{_ROW - 8}" fill="{fill}" stroke="{line}"/>'
        f'<text text-anchor="end" x="{_WIDTH}" y="{top + 16}">{bar.bits}</text>'
    )


def _borders(pair: Weighed, scale: _Scale, height: int) -> Iterator[str]:
    """Where the bands meet, as dashed lines with their names, if the picture reaches so far."""
    low, span = scale
    for name, at in (("review", pair.weights.review), ("link", pair.weights.link)):
        if low <= at <= low + span:
            across = _across(at, scale)
            yield (
                f'<line x1="{across:.1f}" x2="{across:.1f}" y1="20" y2="{height}"'
                f' stroke="{_INK}" stroke-dasharray="3 3"/><text x="{across:.1f}" y="14"'
                f' text-anchor="middle" fill="#595959">{name} {_signed(at)}</text>'
            )
