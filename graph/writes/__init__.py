"""Everything that changes the graph: batches of rows, written by runs that become visible at once.

`KINDS` names what can be written, in the order it must be (what is pointed at comes before what
points at it); `runs` begins a run, applies its batches and publishes it.
"""

from graph.writes.kind import Kind
from graph.writes.kinds import KINDS

__all__ = ["KINDS", "Kind"]
