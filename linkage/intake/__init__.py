"""Agency files into the store: read, checked, versioned, and committed a delivery at a time."""
