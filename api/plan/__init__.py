"""From a client's document to an answer.

`documents` parses and validates, `selecting` reads what is wanted, `graph.projection` writes the
statement, `answer` writes the reader of its rows, `compiled` holds them together, and `executing`
answers: fast where every root field is compiled, by graphql-core where something is not.
"""
