"""Two deliveries about a handful of children: the second corrects some of the first."""

import csv
import json
from pathlib import Path

from linkage.intake.ingest import ingest

FIRST_DAY = "2024-01-31"
SECOND_DAY = "2024-02-29"

Tables = dict[str, list[dict[str, str]]]
_SOURCE_OF = {
    "earm": "EARM",
    "orr_release": "ORR",
    "orr_public": "ORR",
    "vor": "VOR",
    "planet": "PLANET",
    "worksheet": "LOCAL_WORKSHEET",
} | dict.fromkeys(("eoir_case", "eoir_proceeding", "eoir_schedule"), "EOIR")


def a_number(child: int) -> str:
    return f"A000{child:06d}"


def deliver_tables(home: Path, as_of: str, tables: Tables) -> None:
    """Ingest these rows as one delivery a table."""
    folder = home / "delivered" / as_of
    folder.mkdir(parents=True)
    deliveries = []
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        deliveries.append(
            {"source": _SOURCE_OF[table], "as_of": as_of, "files": {table: f"{table}.csv"}}
        )
    (folder / "manifest.json").write_text(json.dumps({"deliveries": deliveries}))
    assert ingest(home, [folder]).complete


def deliver_first(home: Path, children: int = 30) -> None:
    """Every child is released to a sponsor, known to ERO, and has a hearing."""
    numbers = range(1, children + 1)
    deliver_tables(
        home,
        FIRST_DAY,
        {
            "earm": [_earm(each) for each in numbers],
            "orr_release": [_release(each) for each in numbers],
            "eoir_case": [_case(each) for each in numbers],
            "eoir_proceeding": [_proceeding(each) for each in numbers],
            "planet": [_planet(each) for each in numbers],
        },
    )


def deliver_second(home: Path, children: int = 30) -> None:
    """A third of the children are reported elsewhere by ERO, and PLANet now has an appearance."""
    numbers = range(1, children + 1)
    moved = [_earm(each) | {"address": f"{each} Elm Avenue"} for each in numbers if each % 3 == 0]
    heard = [_planet(each) | {"appearance": "APPEARED"} for each in numbers if each % 2 == 0]
    deliver_tables(home, SECOND_DAY, {"earm": moved, "planet": heard})


def deliver_again(home: Path, as_of: str, entered: str) -> None:
    """The first child's name is mended in ERO's file, and PLANet says that she did not appear."""
    named = _named(1) | {"given_names": f"Ana María {entered}"}
    missed = _planet(1) | {"appearance": "FAILED_TO_APPEAR", "entered_date": entered}
    deliver_tables(home, as_of, {"earm": [_earm(1) | named], "planet": [missed]})


def _place(child: int) -> dict[str, str]:
    line = f"{100 + child // 2} Oak Street Apt {child // 2}"
    return {"address": line, "city": "Houston", "state": "TX", "zip": "77001"}


def _named(child: int) -> dict[str, str]:
    return {"family_name": f"García {_letters(child)}", "given_names": f"Ana {_letters(child * 7)}"}


def _letters(number: int) -> str:
    return chr(65 + number % 26) + chr(97 + number // 26 % 26)


def _earm(child: int) -> dict[str, str]:
    return {
        "record_id": f"{child}",
        "a_number": a_number(child),
        **_named(child),
        "date_of_birth": "2008-03-04",
        **_place(child),
        "address_reported_date": "2023-05-01",
        "transferred_to_orr_date": "2023-03-02",
        "final_order_date": "2023-12-01" if child % 4 == 3 else "",
        "final_order_in_absentia": "Y" if child % 4 == 3 else "",
    }


def _release(child: int) -> dict[str, str]:
    place = _place(child)
    return {
        "record_id": f"{child}",
        "alien_no": a_number(child),
        "last_name": _named(child)["family_name"],
        "first_name": _named(child)["given_names"],
        "dob": "2008-03-04",
        "release_date": "2023-04-01",
        "release_type": "SPONSOR",
        "sponsor_last_name": f"Pérez {_letters(child // 2)}",
        "sponsor_first_name": "Juan",
        "sponsor_category": "2A",
        "sponsor_address": place["address"],
        "sponsor_city": place["city"],
        "sponsor_state": place["state"],
        "sponsor_zip_code": place["zip"],
    }


def _case(child: int) -> dict[str, str]:
    named = _named(child)
    return {
        "IDNCASE": f"{child}",
        "A_NUMBER": a_number(child),
        "NAME": f"{named['family_name']}, {named['given_names']}".upper(),
        "BIRTHDATE": "2008-03-04",
    }


def _proceeding(child: int) -> dict[str, str]:
    return {
        "IDNPROCEEDING": f"{child}",
        "IDNCASE": f"{child}",
        "BASE_CITY_CODE": "HOU",
        "OSC_DATE": "2023-04-20",
        "HEARING_DATE": "2023-10-05",
        "ABSENTIA": "N",
    }


def _planet(child: int) -> dict[str, str]:
    return {
        "record_id": f"{child}",
        "a_number": a_number(child),
        **_named(child),
        "hearing_date": "2023-10-05",
        "court": "HOU",
        "appearance": "",
        "entered_date": "2023-10-09",
    }
