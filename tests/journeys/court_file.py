"""A court's file as it comes on a later day: hearings that were held, and who was not there."""

import csv
import json
from datetime import date
from pathlib import Path


def a_court_file(
    deliveries: Path, into: Path, *, many: int, missed: int, held_on: date, as_of: date
) -> Path:
    """`many` hearings of children whom the court knows already; the first `missed` failed to appear.

    `deliveries` are those that came before. Returns the folder to be taken in.
    """
    with (deliveries / "eoir_schedule.csv").open(newline="") as file:
        of_cases = {row["IDNCASE"]: row for row in csv.DictReader(file)}
    known = sorted(of_cases.values(), key=lambda row: row["IDNCASE"])
    # A child has one hearing a day: whoever has no more children has another day.
    into.mkdir(parents=True)
    with (into / "eoir_schedule.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(known[0]))
        writer.writeheader()
        for nth in range(many):
            day = held_on.replace(day=held_on.day + nth // len(known))
            writer.writerow(
                known[nth % len(known)]
                | {
                    "IDNSCHEDULE": str(990_000_000 + nth),
                    "ADJ_DATE": f"{day} 00:00:00.000",
                    "ADJ_TIME_START": "0900",
                    "ADJ_RSN": "11" if nth < missed else "01",
                }
            )
    told = {
        "source": "EOIR", "as_of": str(as_of), "covers_from": str(held_on),
        "covers_to": str(as_of), "files": {"eoir_schedule": "eoir_schedule.csv"},
    }  # fmt: skip
    (into / "manifest.json").write_text(json.dumps({"deliveries": [told]}))
    return into
