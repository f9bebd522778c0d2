"""From records as received to people that can be compared, set-wise in DuckDB."""

from linkage.cleaning.names import WordUses
from linkage.cleaning.people import Cleaned, clean, state

__all__ = ["Cleaned", "WordUses", "clean", "state"]
