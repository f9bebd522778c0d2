"""Addresses resolved with their units: which records name the same door."""

from linkage.places.complete import complete_places
from linkage.places.resolve import resolve_places

__all__ = ["complete_places", "resolve_places"]
