"""What the served process tells of itself: spans, counts, and whether it is ready.

None of it holds anything that somebody asked or was answered: names of the schema, numbers and
outcomes only.
"""
