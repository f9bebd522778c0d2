"""A linkage model small enough to reckon with in one's head."""

import json

MODEL = json.dumps(
    {
        "prior": -8.0, "link": 4.0, "review": -2.0, "apart": -6.0,
        "comparisons": [
            {"name": "surnames", "levels": [
                {"label": "not stated", "bits": 0.0},
                {"label": "the only surname, rare", "bits": 9.0},
                {"label": "the only surname, uncommon", "bits": 6.5},
                {"label": "the only surname, common", "bits": 4.0},
                {"label": "second dropped, first rare", "bits": 5.0},
                {"label": "second dropped, first common", "bits": 2.0},
                {"label": "other", "bits": -5.0}]},
            {"name": "date_of_birth", "levels": [
                {"label": "not stated", "bits": 0.0},
                {"label": "same day", "bits": 7.5},
                {"label": "same month", "bits": 1.0},
                {"label": "other", "bits": -6.0}]},
            {"name": "a_number", "levels": [
                {"label": "not stated", "bits": 0.0},
                {"label": "same", "bits": 14.0},
                {"label": "other", "bits": -7.0}]},
        ],
    }
)  # fmt: skip
