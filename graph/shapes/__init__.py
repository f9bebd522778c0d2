"""What each thing that a client may see is, in Cypher. One file a word of the field.

`SHAPES` has the things by name, `ROOTS` the ways in. Adding a field to a thing is one line here
and one in `api/types`, under the same name.
"""

from graph.shapes import court, evidence, people, places, releases
from graph.shapes.shape import Argument, Relation, Scalar, Shape

_FILES = (people, places, court, evidence, releases)

SHAPES: dict[str, Shape] = {shape.name: shape for file in _FILES for shape in file.SHAPES}
ROOTS: dict[str, Relation] = {name: root for file in _FILES for name, root in file.ROOTS.items()}

__all__ = ["ROOTS", "SHAPES", "Argument", "Relation", "Scalar", "Shape"]
