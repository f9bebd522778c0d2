"""How somebody might try to tell what is recorded of a child, or follows for her, whom they may not
see: as `tests.sharing.attempts`, of follow-ups, notices, concerns, calls and reports.
"""

from tests.sharing.selections import questions

# Whoever sees one office's children, and neither vetting nor welfare.
FOLLOWED_BY_AN_OFFICE = {
    "follow-ups": questions("""
        followUp(id: $followUp)

        followUps

        followUps(first: 1)

        child(id: $ana)
    """),
    "what is to be done next": questions("""
        nextActions(actor: ERO)

        nextActions(actor: ERO, first: 1)

        nextActions(actor: ERO, office: "HOUSTON") { edges { cursor } }

        caseloads
    """),
    "notices": questions("""
        notice(reference: $reference)

        notices

        notices(first: 1)
    """),
    "touchpoints, calls and who is silent": questions("""
        child(id: $mia)

        calls30Day(which: OVERDUE)

        silent(days: 1)
    """),
    "failures to appear": questions("""
        failuresToAppear(court: "HOU")

        failuresToAppear(court: "MIA", first: 1)

        failureToAppearCounts

        entryLags
    """),
    "reports": questions("""
        transfersByFiscalYear

        ntaBacklog

        reconcile(left: EOIR, right: PLANET)

        coverage(days: 30)

        addressSearchRate

        inboxUsage
    """),
    "other addresses and hearings far away": questions("""
        alternateAddresses(childId: $ana)

        alternateAddresses(childId: $luz)

        venueMismatches(state: "TX")

        child(id: $ana)
    """),
    "a notice to appear": questions("""
        child(id: $ana)
    """),
}
# Whoever sees everybody, and neither court nor enforcement papers.
FOLLOWED_WITHOUT_COURT = {
    "follow-ups and notices, of failures nobody may tell them of": questions("""
        followUp(id: $followUp)

        followUps { edges { cursor } pageInfo { hasNextPage } }

        nextActions(actor: ERO) { edges { cursor } }

        caseloads

        notices
    """),
    "concerns and triage": questions("""
        concerns

        concerns(first: 1)

        concern(id: $concern)

        triage
    """),
    "calls and who is silent": questions("""
        calls30Day(which: OVERDUE)

        silent(days: 1)
    """),
    "failures to appear and reports": questions("""
        failuresToAppear(court: "HOU")

        failureToAppearCounts

        entryLags

        transfersByFiscalYear

        ntaBacklog

        reconcile(left: EOIR, right: PLANET)

        coverage(days: 30)

        alternateAddresses(childId: $ana) { rank address { id } statement { id } }
    """),
}
