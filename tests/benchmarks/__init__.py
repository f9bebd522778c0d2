"""Measures that take minutes: run by hand, one module each (README.md), not collected by pytest."""
