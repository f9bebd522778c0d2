"""How a long piece of work says where it stands, without knowing who listens."""

from collections.abc import Callable

# What is being done, how much of it, and of how much (None: not known beforehand).
Progress = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, of: int | None) -> None:
    """Tell nobody: what a job is given when nobody asked to watch it."""
