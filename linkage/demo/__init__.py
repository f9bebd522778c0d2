"""A made-up world that behaves like the real one: a population, and each agency's paperwork."""

from linkage.demo.figures import Figures
from linkage.demo.generate import DemoSummary, generate

__all__ = ["DemoSummary", "Figures", "generate"]
