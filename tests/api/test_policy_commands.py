"""`sponsorgraph policy`, as a shell sees it: no server and no graph is needed to know the rules."""

import json

from tests.api.test_commands import sponsorgraph

NO_LONGER = "No longer required, so withheld by default."


def test_what_changed_from_2018_to_2021_is_printed_with_words_and_citation(tmp_path):
    done = sponsorgraph(tmp_path / "home", "policy", "diff", "2018-06-01", "2021-06-01")
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if NO_LONGER in line]
    assert [row.split()[0] for row in rows] == [
        *("ERO_OFFICER", "ERO_FOJC", "OPLA_ATTORNEY", "OPLA_JUV_POC")
    ]
    assert all("open    withheld" in row and "S2:100 fn3" in row for row in rows)
    assert "“The most recent MOA from 2021 removed information sharing provisions" in done.stdout
    assert "forb" not in done.stdout.lower()


def test_the_rules_of_a_day_are_printed_for_every_role_or_as_json(tmp_path):
    shown = sponsorgraph(tmp_path / "home", "policy", "--at", "2019-02-28")
    assert "The rules of 2019-02-28" in shown.stdout
    assert "moa-2018/sponsor-vetting REQUIRES" in shown.stdout
    told = json.loads(
        sponsorgraph(tmp_path / "home", "policy", "--at", "2019-02-28", "--json").stdout
    )
    assert [one["role"] in shown.stdout for one in told["roles"]] == [True] * 15


def test_days_in_the_wrong_order_and_days_that_are_none_are_said_in_a_sentence(tmp_path):
    swapped = sponsorgraph(tmp_path / "home", "policy", "diff", "2021-01-01", "2018-01-01")
    assert swapped.returncode == 2
    assert swapped.stderr.strip() == (
        "sponsorgraph: `policy diff` goes from a day to a later one: swap them."
    )
    none = sponsorgraph(tmp_path / "home", "policy", "--at", "2023-02-29")
    assert none.returncode == 2
    assert "does not match the formats" in none.stderr
    assert "Traceback" not in none.stderr
