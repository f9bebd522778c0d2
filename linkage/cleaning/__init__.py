"""From records as received to people that can be compared, set-wise in DuckDB."""

from linkage.cleaning.people import Cleaned, clean

__all__ = ["Cleaned", "clean"]
