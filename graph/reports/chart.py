"""A report drawn: a bar for each figure, filled so far as the numerator is of the denominator.

In SVG, complete in itself and without a library: it loads nothing, has no state, and the same
figures give the same bytes. The outline is the denominator, the number stands beside, and the
picture's description says all of it, so that colour tells nothing that is not told otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

_ROW, _TOP, _NAMES, _BARS, _NUMBERS = 24, 44, 430, 320, 190
_WIDTH: Final = _NAMES + _BARS + _NUMBERS
_FILL, _INK, _FAINT = "#1b5e8c", "#222", "#595959"
_LONGEST_NAME: Final = 62
_LETTERS: Final = f'<g font-family="system-ui,sans-serif" font-size="13" fill="{_INK}">'


def chart(report: Mapping[str, Any]) -> str:
    """The picture of a report as the API answers it."""
    figures = report["figures"]
    height = _TOP + _ROW * len(figures) + 34
    widest = max((_extent(one) for one in figures), default=1) or 1
    title = f"{report['title']}, as of {report['asOf']}"
    said = "; ".join(f"{one['name']}: {number(one)}" for one in figures)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(said)}</desc>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>{_LETTERS}'
        f'<text x="0" y="20" font-size="16">{escape(title)}</text>'
    )
    foot = f'<text x="0" y="{height - 12}" fill="{_FAINT}">{escape(_foot(figures))}</text></g>'
    return "".join([head, *_rows(figures, widest), foot, "</svg>\n"])


def number(figure: Mapping[str, Any]) -> str:
    """A figure in a few letters: `348 of 416 (83.7 %)`, and its range where it has one."""
    many, among = figure["numerator"], figure["denominator"]
    if figure["unit"] == "DAYS":
        return f"{many['counted']:,} days (of {among['counted']:,})"
    ranged = many["low"] != many["high"]
    counted = f"{many['low']:,}–{many['high']:,}" if ranged else f"{many['counted']:,}"
    share = figure["share"]
    percent = "" if share is None else f" ({100 * share:.1f} %)"
    return f"{counted} of {among['counted']:,}{percent}"


def _extent(figure: Mapping[str, Any]) -> int:
    """How long the outline is: abs, since a difference may be negative."""
    largest: int = max(abs(figure["numerator"]["counted"]), figure["denominator"]["counted"])
    return figure["numerator"]["counted"] if figure["unit"] == "DAYS" else largest


def _rows(figures: Sequence[Mapping[str, Any]], widest: int) -> Iterator[str]:
    for place, figure in enumerate(figures):
        top = _TOP + place * _ROW
        filled = abs(figure["numerator"]["counted"]) / widest * _BARS
        name = figure["name"]
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        yield (
            f'<text x="0" y="{top + 16}">{escape(shown)}</text>'
            f'<rect x="{_NAMES}" y="{top + 4}" width="{_extent(figure) / widest * _BARS:.1f}"'
            f' height="{_ROW - 8}" fill="none" stroke="{_FAINT}"/>'
            f'<rect x="{_NAMES}" y="{top + 4}" width="{filled:.1f}" height="{_ROW - 8}"'
            f' fill="{_FILL}"/>'
            f'<text x="{_WIDTH}" y="{top + 16}" text-anchor="end">{escape(number(figure))}</text>'
        )


def _foot(figures: Sequence[Mapping[str, Any]]) -> str:
    sources = sorted({source for figure in figures for source in figure["sources"]})
    return f"Filled: counted. Outline: of how many. Sources: {', '.join(sources)}."
