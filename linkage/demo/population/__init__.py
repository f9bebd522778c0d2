"""The truth: who came, with whom, to whom they were released, where they live, what courts did.

Beside each number stands where it is from: S sourced, P pseudopeople's default, A assumed.
"""
