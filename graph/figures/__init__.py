"""Figures for oversight: a fixed family of tables in which nobody can be counted out.

`hiding` says what is told of a number and why that is safe, `family` which tables there are,
`counting` reads the graph, `snapshots` keeps what was published.
"""
