"""The field's own words, on the standard library alone.

People, places, court and evidence run through every layer under these names, so that a hearing
is a hearing in the reader, in the graph and in the answer.
"""
