"""Keeping and forgetting: how long what is kept, who is sealed, and how one person is expunged.

`rules` reads the schedule (rules.toml), `due` says what is due by it, `expunging` takes records out
of everything that has them, `sealing` keeps the seals, `ledger` says who did what of it, and why.
"""
