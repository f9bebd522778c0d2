"""What the rules come to on a day: by the documents, and by nothing else."""

from datetime import date, timedelta

import pytest

from graph.sharing import NotAllowedError, Principal, policy, viewer_of
from graph.sharing.fields import RulesError
from graph.sharing.policy import NO_LONGER_REQUIRED, NOTHING_OPENS_IT, PROVISIONS, ROLES
from graph.sharing.provisions import Effect, Precision, Provision, checked
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, Purpose, ScopeKind, ViewerRole

A_DAY = timedelta(days=1)
VETTING = SharingClass.SPONSOR_VETTING
ICE = ("ERO_OFFICER", "ERO_FOJC", "OPLA_ATTORNEY", "OPLA_JUV_POC")
ORR = ("ORR_TRIAGE", "ORR_CASEWORKER")


def standing(role: str, day: date, of: SharingClass):
    return policy(day).standings[ViewerRole(role)][of]


@pytest.mark.parametrize("role", ICE)
@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date.min, False),
        (date(2017, 12, 31), False),
        (date(2018, 1, 1), True),
        (date(2020, 2, 29), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
        (date(2024, 2, 29), False),
        (date.max, False),
    ],
)
def test_what_orr_asked_of_sponsors_was_open_to_ice_under_the_memorandum_of_2018(
    role, day, is_open
):
    assert standing(role, day, VETTING).open is is_open


@pytest.mark.parametrize("role", ICE)
def test_since_2021_it_is_no_longer_required_and_nobody_says_forbidden(role):
    closed = standing(role, date(2021, 1, 1), VETTING)
    assert closed.why == NO_LONGER_REQUIRED
    assert [one.id for one in closed.by] == ["moa-2021/sponsor-vetting-removed"]
    assert closed.by[0].citation == "S2:100 fn3"
    assert "forb" not in closed.why + closed.by[0].means


def test_before_2018_nothing_opens_it_and_no_document_is_blamed():
    before = standing("ERO_FOJC", date(2017, 6, 1), VETTING)
    assert (before.why, before.by) == (NOTHING_OPENS_IT, ())


@pytest.mark.parametrize("role", ["TRAFFICKING_INVESTIGATOR", "ERO_HQ", "EOIR_FEED", "OVERSIGHT"])
def test_the_memorandum_opened_nothing_to_headquarters_investigators_courts_or_inspectors(role):
    assert not standing(role, date(2019, 7, 1), VETTING).open


@pytest.mark.parametrize("role", ORR)
@pytest.mark.parametrize("of", [SharingClass.COURT, SharingClass.ENFORCEMENT])
def test_orr_hears_of_courts_from_the_21st_of_december_2023_and_not_a_day_before(role, of):
    assert not standing(role, date(2023, 12, 20), of).open
    after = standing(role, date(2023, 12, 21), of)
    assert after.open
    assert "opla-2023-12-21/disclose-to-hhs" in [one.id for one in after.by]


def test_from_the_week_of_the_5th_of_august_2024_it_is_required():
    day = date(2024, 8, 5)
    assert day.weekday() == 0
    before = standing("ORR_TRIAGE", day - A_DAY, SharingClass.COURT)
    after = standing("ORR_TRIAGE", day, SharingClass.COURT)
    assert [one.effect for one in before.by] == [Effect.OPENS]
    assert [one.effect for one in after.by] == [Effect.OPENS, Effect.REQUIRES]
    assert after.by[1].begins_precision is Precision.WEEK


def test_ices_reading_stands_beside_the_rule_and_decides_nothing():
    reading = "ice-interpretation/only-in-custody"
    day = PROVISIONS[reading].begins
    before, after = (standing("ORR_TRIAGE", on, SharingClass.COURT) for on in (day - A_DAY, day))
    assert reading not in [one.id for one in before.beside]
    assert reading in [one.id for one in after.beside]
    assert before.open
    assert after.open
    assert before.by == after.by


def test_nothing_that_interprets_or_recommends_opens_or_closes_anything():
    for one in PROVISIONS.values():
        if one.effect not in (Effect.INTERPRETS, Effect.RECOMMENDS):
            continue
        before, after = policy(one.begins - A_DAY), policy(one.begins)
        for role in ViewerRole:
            assert before.withheld(role) == after.withheld(role)


def test_a_contractor_hears_nothing_of_courts_whatever_orr_may_hear():
    assert not standing("CARE_PROVIDER", date(2026, 1, 1), SharingClass.COURT).open


def test_the_rules_are_one_object_from_one_change_to_the_next():
    assert policy(date(2022, 1, 1)) is policy(date(2023, 9, 30))
    assert policy(date(2023, 12, 20)) is not policy(date(2023, 12, 21))
    assert policy(date(2024, 2, 29)) is policy(date(2024, 3, 1))


def test_no_rule_is_in_force_on_two_days_that_touch_and_differ_by_the_hour():
    moa = PROVISIONS["moa-2018/sponsor-vetting"]
    assert not moa.in_force(date(2017, 12, 31))
    assert moa.in_force(date(2018, 1, 1))
    assert moa.in_force(date(2020, 12, 31))
    assert moa.until == PROVISIONS["moa-2021/sponsor-vetting-removed"].begins
    assert not moa.in_force(date(2021, 1, 1))


def test_equal_rules_share_a_gate_so_that_they_share_plans():
    assert ROLES[ViewerRole.ERO_OFFICER].gate is ROLES[ViewerRole.ERO_FOJC].gate
    assert ROLES[ViewerRole.OPLA_ATTORNEY].gate is ROLES[ViewerRole.OPLA_JUV_POC].gate
    assert ROLES[ViewerRole.OVERSIGHT].gate is not ROLES[ViewerRole.ERO_HQ].gate
    gates = {id(rules.gate) for rules in ROLES.values()}
    assert len(gates) == len({rules.gate for rules in ROLES.values()})


def test_who_is_sealed_is_there_for_privacy_officers_alone():
    assert [role for role, rules in ROLES.items() if rules.gate.sees_sealed] == ["PRIVACY_OFFICER"]


# Who asks


def somebody(*roles: str, scopes: tuple[str, ...] = ()):
    return Principal("a.name", frozenset(map(ViewerRole, roles)), None, frozenset(scopes))


def asks(principal=None, role=None, purpose="COURT_NOTICE", basis="8 U.S.C. 1232(c)", case=None):
    principal = principal or somebody("ERO_FOJC", scopes=("office/HOUSTON", "docket/HOU"))
    return viewer_of(principal, role, purpose, basis, case, date(2026, 11, 22))


def refusal(**how: object) -> NotAllowedError:
    with pytest.raises(NotAllowedError) as refused:
        asks(**how)
    return refused.value


def test_a_coordinator_sees_her_office_under_the_rules_of_the_day():
    viewer = asks()
    assert viewer.name == "a.name"
    assert viewer.scopes == {"office/HOUSTON"}
    assert viewer.withheld == {VETTING, SharingClass.WELFARE}
    assert viewer.gate.scope is ScopeKind.OFFICE
    assert viewer.purpose is Purpose.COURT_NOTICE
    assert viewer.basis == "8 U.S.C. 1232(c)"


def test_two_who_ask_alike_share_one_gate_and_one_set():
    assert asks().gate is asks().gate
    assert asks().withheld is asks().withheld


def test_who_names_no_purpose_is_told_which_there_are():
    refused = refusal(purpose=None)
    assert refused.reason == "no_purpose"
    assert "CASE_MANAGEMENT, COURT_NOTICE" in str(refused)


@pytest.mark.parametrize("purpose", ["CHILD_SAFETY", "REMOVAL", "court_notice", " COURT_NOTICE"])
def test_a_purpose_that_is_not_the_roles_is_refused_and_not_repeated(purpose):
    refused = refusal(purpose=purpose)
    assert refused.reason == "not_your_purpose"
    assert "REMOVAL" not in str(refused)
    assert "only to one of CASE_MANAGEMENT, COURT_NOTICE" in str(refused)


@pytest.mark.parametrize("basis", [None, "", "  ", "x" * 201, "two\nlines"])
def test_who_names_no_basis_is_told_what_one_is(basis):
    assert refusal(basis=basis).reason == "no_basis"


def test_a_trafficking_case_must_be_named_and_is_the_only_one_seen():
    mine = somebody("TRAFFICKING_INVESTIGATOR", scopes=("case/C-1", "case/C-2", "office/HOUSTON"))
    how = {"principal": mine, "purpose": "TRAFFICKING_CASE"}
    assert refusal(**how).reason == "no_case"
    assert refusal(**how, case="C 1").reason == "no_case"
    assert asks(mine, purpose="TRAFFICKING_CASE", case="C-1").scopes == {"case/C-1"}
    assert asks(mine, purpose="TRAFFICKING_CASE", case="case/C-1") == asks(
        mine, purpose="TRAFFICKING_CASE", case="C-1"
    )


def test_a_case_is_named_for_nothing_else():
    assert refusal(case="C-1").reason == "needless_case"


def test_who_has_several_roles_says_which():
    both = somebody("ERO_FOJC", "PRIVACY_OFFICER")
    assert refusal(principal=both).reason == "which_role"
    assert "ERO_FOJC, PRIVACY_OFFICER" in str(refusal(principal=both))
    assert asks(both, role="ERO_FOJC").role is ViewerRole.ERO_FOJC


@pytest.mark.parametrize("role", ["ORR_TRIAGE", "ADMIN", "ero_fojc"])
def test_a_role_that_is_not_theirs_is_refused(role):
    assert refusal(role=role).reason == "not_your_role"


@pytest.mark.parametrize("role", [None, "", "ERO_FOJC"])
def test_who_has_no_role_is_sent_to_the_issuer(role):
    assert refusal(principal=Principal("a.name", frozenset()), role=role).reason == "no_role"


@pytest.mark.parametrize("role", list(ViewerRole))
def test_every_role_may_ask_to_each_of_its_ends_and_to_no_other(role):
    for purpose in Purpose:
        how = {
            "principal": somebody(role),
            "purpose": purpose,
            "case": "C-1" if purpose is Purpose.TRAFFICKING_CASE else None,
        }
        if purpose in ROLES[role].purposes:
            assert asks(**how).purpose is purpose
        else:
            assert refusal(**how).reason == "not_your_purpose"


@pytest.mark.parametrize("role", list(ViewerRole))
def test_a_role_whose_scope_is_nobody_gets_nothing_of_people(role):
    rules = ROLES[role]
    if rules.scope is ScopeKind.NOBODY:
        told = {one for one, what in rules.gate.outcomes.items() if what is not Outcome.ERROR}
        figures = {Category.FIGURES, Category.CLOSURE}
        assert told == {Category.PLAIN, Category.PUBLIC_FIGURES} | figures


def test_who_sees_exact_counts_gets_no_suppressed_tables_which_they_could_undo():
    for rules in ROLES.values():
        exact = {rules.gate.outcomes[one] for one in (Category.COUNT, Category.REPORT)}
        assert rules.gate.outcomes[Category.FIGURES] is Outcome.ERROR or exact == {Outcome.ERROR}


# What files may say


def a_provision(**given: object):
    facts: dict[str, object] = {
        "id": "a/one",
        "document": "a",
        "title": "A",
        "effect": Effect.OPENS,
        "classes": frozenset({VETTING}),
        "to": frozenset({"ORR"}),
        "begins": date(2020, 2, 29),
        "begins_precision": Precision.DAY,
        "until": None,
        "until_precision": None,
        "words": "words",
        "citation": "S2:1",
        "means": "something",
    }
    return Provision(**{**facts, **given})  # type: ignore[arg-type]


def test_a_provision_of_a_leap_day_holds_from_it_until_its_end():
    one = a_provision(until=date(2024, 2, 29))
    held = [one.in_force(date(year, month, day)) for year, month, day in _AROUND]
    assert held == [False, True, True, True, False]


_AROUND = [(2020, 2, 28), (2020, 2, 29), (2020, 3, 1), (2024, 2, 28), (2024, 2, 29)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"until": date(2020, 2, 29)}, "ends before it begins"),
        ({"effect": Effect.CLOSES}, "names in `about`"),
        ({"about": ("a/one",)}, "names in `about`"),
        ({"effect": Effect.CLOSES, "about": ("b/two",)}, "in no file"),
        ({"classes": frozenset()}, "which classes"),
        ({"to": frozenset()}, "to whom"),
        ({"words": ""}, "quote the words"),
        ({"citation": ""}, "cite them"),
    ],
)
def test_a_provision_that_cannot_be_is_refused(given, told):
    with pytest.raises(RulesError, match=told):
        checked([a_provision(**given)])


def test_two_provisions_of_one_name_are_refused():
    with pytest.raises(RulesError, match="there twice"):
        checked([a_provision(), a_provision()])
