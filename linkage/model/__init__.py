"""What decides that two records are one person.

Candidate pairs, comparisons, thresholds, and the rule that holds brothers and sisters apart; with
the frozen models and their card.
"""
