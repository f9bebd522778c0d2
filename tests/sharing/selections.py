"""What an attempt asks of each root field: all by which one could tell that something is there.

Wide, and the same in every attempt: Neo4j plans each once, whomever and whatever it is asked of.
"""

import re

_PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
_IDS = f"edges {{ cursor node {{ id }} }} {_PAGE}"
_COUNT = "counted low likely high underReview"
_CONTACTS = "latest { kind on agency } inPerson { kind on } byKind { kind on daysSince source record { id } }"
_FIGURES = "figures { name numerator { counted low high } denominator { counted low high } }"

_SEARCHES = dict.fromkeys(
    ("hearings", "children", "sponsors", "addresses", "childrenByANumber", "judgements"), _IDS
)
_PEOPLE = {
    "child": f"""id fullName formerIds sponsor {{ id }} releases {{ id }} addressHistory {{ id }}
      records {{ edges {{ cursor node {{ id table version }} }} {_PAGE} }}
      location {{ candidates {{ rank agencies corroboratedBy conflictsWith firstReportedOn
        lastReportedOn saidBy {{ id }} }} }}
      addressConflicts {{ words {{ agency since }} conflicts {{ differIn }} }}
      lastContact {{ {_CONTACTS} }}
      hearings {{ edges {{ cursor node {{ id disagreement
        appearances {{ source appearance record {{ id }} }} }} }} }}
      followUps {{ id earlierFailures }}
      touchpoints {{ edges {{ cursor node {{ id kind on source }} }} {_PAGE} }}
      calls30Day {{ state attempts touchpoints {{ id }} }} wellnessChecks {{ id outcome {{ id }} }}
      addressStatements {{ id verifications {{ id }} }} addressVerifications {{ id }}
      venue {{ mismatch address {{ id }} hearing {{ id }} courtsNearby }}
      noticeToAppear {{ stage differing statements {{ id source }} }}
      withoutNotice {{ reason grounds {{ reason basis records }} }}""",
    "sponsor": f"""id fullName children {{ id }} releases {{ id }} addressHistory {{ id record {{ id }} }}
      records {{ edges {{ cursor node {{ id }} matchWeight }} {_PAGE} }}
      few: records(first: 2) {{ edges {{ cursor }} {_PAGE} }}""",
    "findChildren": f"""edges {{ cursor node {{ points child {{ id }} reasons {{ part points found }} }} }}
      {_PAGE}""",
    "locate": "asOf candidates { rank }",
    "node": "__typename id",
    "nodes": "__typename id",
}
_PLACES = {
    "address": f"""id line1 childrenCount {{ {_COUNT} }} residents {{ id resident {{ id }} }}
      children {{ id }} sponsors {{ id }} sameBuilding {{ id unit }}""",
    "childrenAtAddress": f"""doors count {{ {_COUNT} }} children {{ edges {{ cursor node {{ child {{ id }}
      agencies lastReportedOn saidElsewhereSince report {{ id }} }} }} {_PAGE} }}""",
    "addressConflicts": f"""edges {{ cursor node {{ child {{ id }} conflicts {{ differIn }} }} }} {_PAGE}""",
    "alternateAddresses": """rank address { id } statement { id } courtHasIt lastReportedOn
      paths { on steps { kind agency source record { id } } }""",
    "venueMismatches": f"edges {{ cursor }} {_PAGE}",
}
_WAYS = {
    "evidencePath": """found length cost hubs { id } hubsInAll tooWide steps { from { id } to { id }
      tie { id } agencies papers cost costs { reason points because } }""",
    "shortestPath": "length",
    "sponsorNetwork": """cut truncated cuts { distance why nodes askOn hub { id } } nodes { distance
      node { id } } edges { id source agency since until record { id } }""",
}
_REVIEW = {
    "reviewQueue": f"""edges {{ cursor node {{ id matchWeight stakes moved why left {{ record {{ id }} }}
      right {{ identity {{ id }} }} judgements {{ id }} }} }} {_PAGE}""",
    "matchExplanation": """outcome sentence through matchWeight judgement { id } comparisons { name
      bits }""",
    "judgements": f"""edges {{ cursor node {{ id status leftKey rightKey supersedes {{ id }} }} }} {_PAGE}""",
    "judgementConflicts": "edges { cursor node { id judgements { id status } } }",
}
_FOLLOWING = {
    "followUp": "id",
    "followUps": f"""edges {{ cursor node {{ id failedOn court state earlierFailures previous {{ id }}
      child {{ id }} }} }} {_PAGE}""",
    "nextActions": f"edges {{ cursor node {{ id due followUp {{ id }} }} }} {_PAGE}",
    "caseloads": "actor office docket step open overdue oldestSince",
    "notice": "kind state followUp { id }",
    "notices": f"edges {{ cursor node {{ reference kind }} }} {_PAGE}",
    "failuresToAppear": f"edges {{ cursor node {{ id }} }} {_PAGE}",
    "calls30Day": f"edges {{ cursor node {{ child {{ id }} attempts }} }} {_PAGE}",
    "silent": f"edges {{ cursor node {{ child {{ id }} daysSilent }} }} {_PAGE}",
    "concern": "id",
    "concerns": f"edges {{ cursor node {{ id child {{ id }} address {{ id }} }} }} {_PAGE}",
    "triage": f"""edges {{ cursor node {{ child {{ id }} since reasons {{ kind evidence }} }} }} {_PAGE}""",
}
_COUNTS = {
    "failedToAppearCount": f"{_COUNT} method",
    "failureToAppearCounts": "hearings failedToAppear childrenOfEither",
    "entryLags": "source words half longest",
    **dict.fromkeys(
        ("transfersByFiscalYear", "ntaBacklog", "reconcile", "coverage", "addressSearchRate",
         "inboxUsage"), _FIGURES,
    ),
}  # fmt: skip
SELECTIONS = {**_SEARCHES, **_PEOPLE, **_PLACES, **_WAYS, **_REVIEW, **_FOLLOWING, **_COUNTS}
# Whoever sees no court papers, asked less: what of a child hangs on them, and what was recorded.
OF_A_CHILD_WITHOUT_COURT = f"""formerIds hearings {{ edges {{ cursor }} }} lastContact {{ byKind {{ kind
  on }} }} identityEvents {{ id kind from to moves {{ record identity }} }}
  identitySteps {{ number records joinedTo left right matchWeight judgement }} concerns {{ id }}
  touchpoints {{ edges {{ cursor node {{ id }} }} {_PAGE} }} wellnessChecks {{ id outcome {{ id }} }}
  addressStatements {{ id verifications {{ id }} }}"""


def questions(paragraphs: str, **instead: str) -> list[str]:
    """The questions of a text, one a paragraph: a root field and what it is given.

    One that says what it asks of it is taken at its word, the others ask `SELECTIONS`.
    """
    selections = {**SELECTIONS, **instead}
    return [
        _question(" ".join(one.split()), selections) for one in paragraphs.strip().split("\n\n")
    ]


def _question(field: str, selections: dict[str, str]) -> str:
    if "{" in re.sub(r"\(.*?\)", "", field, count=1):
        return f"{{ {field} }}"
    root = field.partition("(")[0]
    return f"{{ {field} {{ {' '.join(selections[root].split())} }} }}"
