"""Tables as Markdown, and figures as they stand in them."""

from collections.abc import Iterable, Sequence

# What arithmetic may lose of a figure of four places.
_FLOAT = 1e-9


def figure(value: float) -> str:
    """Four places, never rounded up: 0.99996 is not 1."""
    return f"{int(value * 10_000 + _FLOAT) / 10_000:.4f}"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
