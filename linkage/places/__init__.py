"""Addresses resolved with their units: which records name the same door."""

from linkage.places.resolve import resolve_places

__all__ = ["resolve_places"]
