"""How somebody might try to tell that something is there which they may not see.

Each attempt is some questions, one a paragraph; `$…` are ids of the seeded world by their names.
"""

from tests.sharing.selections import OF_A_CHILD_WITHOUT_COURT, questions

# Whoever sees one office's children, and neither vetting nor welfare.
OF_AN_OFFICE = {
    "counts": questions("""
        failedToAppearCount

        failedToAppearCount(court: "MIA")

        address(id: $home)

        childrenAtAddress(addressId: $home)

        childrenAtAddress(addressId: $home, sameBuilding: true)
    """),
    "the length of a page": questions("""
        hearings(court: "MIA")

        hearings(court: "MIA", appearance: FAILED_TO_APPEAR) { edges { node { id } } }

        sponsor(id: $marta)

        child(id: $ana)
    """),
    "whether there is another page": questions("""
        hearings(court: "MIA", first: 1)

        hearings(court: "MIA", last: 1)

        children(name: "Reyes", first: 2)

        sponsor(id: $marta)

        addressConflicts(state: "TX", first: 1)
    """),
    "cursors": questions("""
        children(name: "Ana Reyes")

        sponsors(name: "Lopez")

        addresses(text: "Oak Houston")

        findChildren(text: "Ana Reyes 2009")

        childrenAtAddress(addressId: $home)
    """),
    "the order of hits and their points": questions("""
        children(name: "Ana Reyes")

        sponsors(name: "Vera Marta Lopez")

        addresses(text: "12 Oak St Houston")

        findChildren(text: "Luz Ana Reyes 2009 Houston TX")
    """),
    "a hit by what is hidden": questions("""
        children(name: "Luz")

        sponsors(name: "Vera")

        sponsors(name: "Marta", dateOfBirth: "1980-01-02")

        addresses(text: "Fir")

        childrenByANumber(aNumber: "A000000102")

        child(aNumber: "A000000102") { id }

        findChildren(who: {aNumberPart: "0102"})

        findChildren(who: {name: "Ana", sponsorName: "Vera"})

        findChildren(who: {name: "Reyes", city: "Welfare"})
    """),
    "whether there is a way": questions("""
        evidencePath(from: $ana, to: $luz)

        evidencePath(from: $ana, to: $ida)

        evidencePath(from: $ana, to: $vera)

        shortestPath(from: $ana, to: $luz)

        evidencePath(from: $pedro, to: $olga)

        shortestPath(from: $pedro, to: $olga)
    """),
    "how long a way is and what it costs": questions("""
        evidencePath(from: $ana, to: $home)

        evidencePath(from: $mia, to: $above)

        shortestPath(from: $mia, to: $above)
    """),
    "what was cut from a network": questions("""
        sponsorNetwork(sponsorId: $marta, depth: 3, first: 3)

        sponsorNetwork(sponsorId: $marta, depth: 3)

        sponsorNetwork(sponsorId: $olga, depth: 3, first: 2)
    """),
    "a sibling, and who else lives there": questions("""
        address(id: $home)

        childrenAtAddress(addressId: $home, sameBuilding: true)
    """),
    "what agencies agree on": questions("""
        child(id: $ana)

        child(id: $mia)

        addressConflicts(state: "TX")
    """),
    "who was last in contact, and whether sources disagree": questions("""
        child(id: $ana)

        child(id: $mia)
    """),
    "what was known then": questions("""
        child(id: $ana) { sponsor(asOf: "2023-06-01") { id } releases(knownAt: "2024-02-15") { id }
          addressHistory(knownAt: "2024-01-31") { id } records(recordedOn: "2024-06-01") { edges {
          node { id } } } }
    """),
    "ids that once were another's": questions("""
        child(id: $ana)

        node(id: $former)
    """),
    "errors": questions("""
        child(aNumber: "A000000199") { id }

        child(id: $luz, aNumber: "A000000102") { id }

        child(id: $luz) { records(first: 0) { edges { cursor } } }

        child(id: $luz) { identityEvents { id } }

        reviewQueue

        matchExplanation(left: $hers, right: $record, role: CHILD)
    """),
}
# Whoever sees everybody, and neither court nor enforcement papers: ORR before December 2023.
WITHOUT_COURT = {
    "the queue, its order and its stakes": questions("""
        reviewQueue

        reviewQueue(first: 1)
    """),
    "why two records are one person's": questions("""
        matchExplanation(left: $hers, right: $record, role: CHILD)

        matchExplanation(left: $vor, right: $relief, role: CHILD)
    """),
    "judgements and their conflicts": questions("""
        judgements

        judgementConflicts
    """),
    "what happened to an identity, and what is recorded of her": questions(
        "child(id: $ana)", child=OF_A_CHILD_WITHOUT_COURT
    ),
    "court, without any": questions("""
        hearings(court: "HOU")

        failedToAppearCount

        child(id: $court) { id }

        node(id: $hearing)

        children(name: "Court Reyes")

        findChildren(text: "Court Reyes 2009")

        childrenByANumber(aNumber: "A000000111")

        addresses(text: "Elm St Enforcement")
    """),
}
