"""The schema as clients were promised it, release by release, and what may become of it.

A client that was written for a released schema goes on working. What it may use leaves only after
it was `@deprecated`, in a released schema, with the day on which it leaves, and that day has come.
What no `@deprecated` can say (a field that may be null from now on) is announced in
`api/released/breaks.toml`.
"""
