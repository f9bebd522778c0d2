"""Why two records are one person's or not, from what a link left in the graph.

Without the engine that decided: a model's weights and the levels it found are enough. `weights`
says what each comparison gave, `what_if` what would have changed the outcome, `steps` how an
identity came to be, `waterfall` draws it, and `outcome` puts it in words.
"""
