"""Who may see what: the one gate before the graph.

Read RULES.md first, then `gate` and `viewer`, then `policy` and `asking`: what the files in `rules`
come to on a day, and for whom. Standard library and vocabulary alone: whoever checks the rules
needs nothing else.
"""

from graph.sharing.asking import NotAllowedError, viewer_of
from graph.sharing.gate import OPEN, Gate
from graph.sharing.policy import policy
from graph.sharing.principal import Principal
from graph.sharing.viewer import SEES_EVERYTHING, Permission, Viewer

__all__ = [
    "OPEN",
    "SEES_EVERYTHING",
    "Gate",
    "NotAllowedError",
    "Permission",
    "Principal",
    "Viewer",
    "policy",
    "viewer_of",
]
