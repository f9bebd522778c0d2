"""From linked records to the facts the graph should hold: one table `desired_<kind>` a kind.

The columns of each are those of `graph.writes.KINDS`; a fact's id is a hash of what it says, so
that the same deliveries, linked the same way, always want the same graph.
"""

from linkage.facts.build import state_facts
from linkage.facts.unlinked import count_unlinked, count_unplaced

__all__ = ["count_unlinked", "count_unplaced", "state_facts"]
