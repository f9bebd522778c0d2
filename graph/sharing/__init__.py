"""Who may see what: the one gate before the graph.

Read `gate` first, then `viewer`. Standard library and vocabulary alone: whoever checks the rules
needs nothing else.
"""

from graph.sharing.gate import OPEN, Gate
from graph.sharing.principal import Principal
from graph.sharing.viewer import SEES_EVERYTHING, Permission, Viewer

__all__ = ["OPEN", "SEES_EVERYTHING", "Gate", "Permission", "Principal", "Viewer"]
