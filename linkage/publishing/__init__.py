"""What was linked, into the graph: a plan on disk, applied batch by batch, visible all at once."""
