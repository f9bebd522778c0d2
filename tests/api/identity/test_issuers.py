"""The file that says whose tokens are taken: read at the start, and refused in a sentence."""

import re
from pathlib import Path

import pytest

from api.identity import issuers
from api.identity.issuers import load
from graph.errors import UsageError

GOOD = """
[issuers.hhs]
url = "https://login.hhs.example/realms/orr"
audience = "sponsorgraph"
keys = "https://login.hhs.example/realms/orr/certs"
algorithms = ["RS256"]
type = "at+jwt"
agency = "ORR"

[issuers.hhs.claims]
roles = "realm_access.roles"
providers = "facility"

[issuers.hhs.roles]
uc-caseworker = "ORR_CASEWORKER"
uc-provider = { role = "CARE_PROVIDER", scopes = ["provider/17"] }

[issuers.hhs.services]
"7d2e6a" = "ORR_TRIAGE"
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "issuers.toml"


def test_an_issuer_says_whose_tokens_it_signs_and_which_roles_it_gives(file):
    file.write_text(GOOD)
    (hhs,) = load(file)
    assert hhs.label == "hhs"
    assert {value: one.role for value, one in hhs.roles.items()} == {
        "uc-caseworker": "ORR_CASEWORKER",
        "uc-provider": "CARE_PROVIDER",
    }
    assert hhs.roles["uc-provider"].scopes == {"provider/17"}


def test_the_example_in_the_source_is_one_that_works(file):
    example = (issuers.__doc__ or "").partition("\n\n")[2]
    file.write_text("\n".join(line.removeprefix("    ") for line in example.split("\n")))
    (hhs,) = load(file)
    assert hhs.agency == "ORR"


def test_the_example_in_the_readme_is_one_that_works(file):
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    file.write_text(example)
    (hhs,) = load(file)
    assert hhs.services["7d2e6a"].role == "ORR_TRIAGE"


@pytest.mark.parametrize(
    ("instead", "of", "told"),
    [
        ("[[", "[issuers.hhs]", "is not TOML"),
        ("[others.hhs]", "[issuers.hhs]", "must hold [issuers.NAME] tables"),
        ('["HS256"]', '["RS256"]', "issuers.hhs.algorithms"),
        ('["none"]', '["RS256"]', "issuers.hhs.algorithms"),
        ("[]", '["RS256"]', "issuers.hhs.algorithms"),
        ('"http://login', '"https://login', "must be an https:// or file:// address"),
        ('"https://me:secret@login', '"https://login', "must hold no user and no password"),
        ('"ERO_FOJC"', '"ORR_CASEWORKER"', "is ORR's and cannot give the role ERO_FOJC"),
        ('"BOSS"', '"ORR_CASEWORKER"', "issuers.hhs.roles.uc-caseworker.role"),
        ('tpye = "at+jwt"', 'type = "at+jwt"', "issuers.hhs.tpye"),
        ('audience = ""', 'audience = "sponsorgraph"', "issuers.hhs.audience"),
        ("leeway_seconds = 3600", 'type = "at+jwt"', "issuers.hhs.leeway_seconds"),
        ("[issuers.HHS_]", "[issuers.hhs]", "issuers.HHS_.label"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_that_says_what_is_wrong(file, instead, of, told):
    said = GOOD
    if "://" in of:
        said = GOOD.replace("https://login.hhs.example/realms/orr/certs", "KEYS")
        of, instead = '"KEYS"', f'{instead}.hhs.example/certs"'
    elif of == "[issuers.hhs]":
        said = GOOD.split("[issuers.hhs.claims]", maxsplit=1)[0]
    file.write_text(said.replace(of, instead))
    with pytest.raises(UsageError) as refused:
        load(file)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_issuer_that_gives_nobody_a_role_is_a_mistake(file):
    file.write_text(GOOD.split("[issuers.hhs.claims]", maxsplit=1)[0])
    with pytest.raises(UsageError, match="gives nobody a role"):
        load(file)


def test_two_issuers_of_one_address_are_refused(file):
    file.write_text(GOOD + GOOD.replace("issuers.hhs", "issuers.ice").replace('"ORR"', '"HHS"'))
    with pytest.raises(UsageError, match="two issuers of one `url`"):
        load(file)


def test_a_file_that_anybody_may_change_says_nothing_of_whom_to_trust(file):
    file.write_text(GOOD)
    file.chmod(0o666)
    with pytest.raises(UsageError, match="may be changed by anybody"):
        load(file)


def test_a_file_that_is_not_there_is_named(file):
    with pytest.raises(UsageError, match=r"SPONSORGRAPH_API_ISSUERS names .* cannot be read"):
        load(file)
