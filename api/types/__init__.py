"""The schema's types, one file a word of the field. Each field's Cypher is in `graph/shapes`."""
