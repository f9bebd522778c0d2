"""How somebody might try to tell that something is there which they may not see.

Each attempt is some questions, one a paragraph; `$…` are ids of the seeded world by their names.
"""


def questions(paragraphs: str) -> list[str]:
    """The questions of a text, each on one line."""
    return [" ".join(one.split()) for one in paragraphs.strip().split("\n\n")]


# Whoever sees one office's children, and neither vetting nor welfare.
OF_AN_OFFICE = {
    "counts": questions("""
        { failedToAppearCount { counted low likely high underReview } }

        { failedToAppearCount(court: "MIA") { counted low likely high underReview } }

        { address(id: $home) { childrenCount { counted low likely high underReview } } }

        { childrenAtAddress(addressId: $home) { doors count { counted low high underReview }
          } }

        { childrenAtAddress(addressId: $home, sameBuilding: true) { doors count { counted
          high } } }
    """),
    "the length of a page": questions("""
        { hearings(court: "MIA") { edges { node { id } } } }

        { hearings(court: "MIA", appearance: FAILED_TO_APPEAR) { edges { node { id } } } }

        { sponsor(id: $marta) { records { edges { node { id } matchWeight } } releases { id
          } } }

        { child(id: $ana) { records { edges { node { id table version } } } releases { id }
          } }

        { sponsor(id: $marta) { children { id } addressHistory { id record { id } } } }
    """),
    "whether there is another page": questions("""
        { hearings(court: "MIA", first: 1) { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { hearings(court: "MIA", last: 1) { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { children(name: "Reyes", first: 2) { edges { node { id } } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { sponsor(id: $marta) { records(first: 2) { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } } }

        { addressConflicts(state: "TX", first: 1) { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }
    """),
    "cursors": questions("""
        { children(name: "Ana Reyes") { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { sponsors(name: "Lopez") { edges { cursor } pageInfo { hasNextPage hasPreviousPage
          startCursor endCursor } } }

        { addresses(text: "Oak Houston") { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { findChildren(text: "Ana Reyes 2009") { edges { cursor } pageInfo { hasNextPage
          hasPreviousPage startCursor endCursor } } }

        { childrenAtAddress(addressId: $home) { children { edges { cursor } pageInfo {
          hasNextPage hasPreviousPage startCursor endCursor } } } }
    """),
    "the order of hits and their points": questions("""
        { children(name: "Ana Reyes") { edges { node { id fullName aNumber } } } }

        { sponsors(name: "Vera Marta Lopez") { edges { node { id fullName } } } }

        { addresses(text: "12 Oak St Houston") { edges { node { id line1 unit } } } }

        { findChildren(text: "Luz Ana Reyes 2009 Houston TX") { edges { node { points child
          { id } reasons { part points found } } } } }
    """),
    "a hit by what is hidden": questions("""
        { children(name: "Luz") { edges { node { id } } } }

        { sponsors(name: "Vera") { edges { node { id } } } }

        { sponsors(name: "Marta", dateOfBirth: "1980-01-02") { edges { node { id } } } }

        { addresses(text: "Fir") { edges { node { id } } } }

        { childrenByANumber(aNumber: "A000000102") { edges { node { id } } } }

        { child(aNumber: "A000000102") { id } }

        { findChildren(who: {aNumberPart: "0102"}) { edges { node { points } } } }

        { findChildren(who: {name: "Ana", sponsorName: "Vera"}) { edges { node { points } }
          } }

        { findChildren(who: {name: "Reyes", city: "Welfare"}) { edges { node { points child
          { id } reasons { part points found } } } } }
    """),
    "whether there is a way": questions("""
        { evidencePath(from: $ana, to: $luz) { found length cost steps { cost } } }

        { evidencePath(from: $ana, to: $ida) { found length cost } }

        { evidencePath(from: $ana, to: $vera) { found length } }

        { shortestPath(from: $ana, to: $luz) { length } }

        { evidencePath(from: $pedro, to: $olga) { found length cost hubsInAll tooWide steps
          { from { id } to { id } tie { id } agencies papers costs { reason points because }
          } } }

        { shortestPath(from: $pedro, to: $olga) { length steps { from { id } to { id } } } }
    """),
    "how long a way is and what it costs": questions("""
        { evidencePath(from: $ana, to: $home) { length cost hubs { id } hubsInAll tooWide
          steps { cost papers agencies costs { reason points because } } } }

        { evidencePath(from: $mia, to: $above) { length cost hubsInAll steps { cost papers
          agencies costs { reason points because } } } }

        { shortestPath(from: $mia, to: $above) { length } }
    """),
    "what was cut from a network": questions("""
        { sponsorNetwork(sponsorId: $marta, depth: 3, first: 3) { cut truncated cuts {
          distance why nodes askOn hub { id } } nodes { distance node { id } } edges { id }
          } }

        { sponsorNetwork(sponsorId: $marta, depth: 3) { cut truncated cuts { why nodes }
          nodes { distance node { id } } edges { id source agency since until record { id }
          } } }

        { sponsor(id: $olga) { network(depth: 3, first: 2) { cut cuts { nodes } nodes {
          distance } } } }
    """),
    "a sibling, and who else lives there": questions("""
        { address(id: $home) { residents { id resident { id } } children { id } sponsors {
          id } sameBuilding { id unit } } }

        { childrenAtAddress(addressId: $home, sameBuilding: true) { children { edges { node
          { child { id } agencies lastReportedOn saidElsewhereSince report { id } } } } } }
    """),
    "what agencies agree on": questions("""
        { child(id: $ana) { location { candidates { rank agencies corroboratedBy
          conflictsWith firstReportedOn lastReportedOn saidBy { id } } } } }

        { child(id: $mia) { location { candidates { rank agencies corroboratedBy
          conflictsWith } } } }

        { child(id: $ana) { addressConflicts { words { agency since } conflicts { differIn }
          } } }

        { addressConflicts(state: "TX") { edges { node { child { id } conflicts { differIn }
          } } } }
    """),
    "who was last in contact": questions("""
        { child(id: $ana) { lastContact { latest { kind on agency } inPerson { kind on }
          byKind { kind on daysSince source record { id } } } } }

        { child(id: $mia) { lastContact { latest { kind } byKind { kind on } } } }
    """),
    "whether sources disagree": questions("""
        { child(id: $ana) { hearings { edges { node { id disagreement appearances { source
          appearance record { id } } } } } } }
    """),
    "what was known then": questions("""
        { child(id: $ana) { sponsor(asOf: "2023-06-01") { id } releases(knownAt:
          "2024-02-15") { id } addressHistory(knownAt: "2024-01-31") { id }
          records(recordedOn: "2024-06-01") { edges { node { id } } } } }
    """),
    "ids that once were another's": questions("""
        { child(id: $ana) { formerIds } }

        { node(id: $former) { id } }
    """),
    "errors": questions("""
        { child(aNumber: "A000000199") { id } }

        { child(id: $luz, aNumber: "A000000102") { id } }

        { child(id: $luz) { records(first: 0) { edges { cursor } } } }

        { child(id: $luz) { identityEvents { id } } }

        { reviewQueue { edges { cursor } } }

        { matchExplanation(left: $hers, right: $record, role: CHILD) { outcome } }
    """),
}
# Whoever sees everybody, and neither court nor enforcement papers: ORR before December 2023.
WITHOUT_COURT = {
    "the queue, its order and its stakes": questions("""
        { reviewQueue { edges { cursor node { id matchWeight stakes moved why left { record
          { id } } right { identity { id } } judgements { id } } } pageInfo { hasNextPage
          endCursor } } }

        { reviewQueue(first: 1) { edges { cursor node { id } } pageInfo { hasNextPage
          endCursor } } }
    """),
    "why two records are one person's": questions("""
        { matchExplanation(left: $hers, right: $record, role: CHILD) { outcome } }

        { matchExplanation(left: $vor, right: $relief, role: CHILD) { outcome sentence
          through matchWeight judgement { id } comparisons { name bits } } }
    """),
    "judgements and their conflicts": questions("""
        { judgements { edges { cursor node { id status leftKey rightKey supersedes { id } }
          } pageInfo { hasNextPage endCursor } } }

        { judgementConflicts { edges { cursor node { id judgements { id status } } } } }
    """),
    "what happened to an identity": questions("""
        { child(id: $ana) { formerIds identityEvents { id kind from to moves { record
          identity } } identitySteps { number records joinedTo left right matchWeight
          judgement } } }
    """),
    "court, without any": questions("""
        { hearings(court: "HOU") { edges { cursor } pageInfo { hasNextPage endCursor } } }

        { failedToAppearCount { counted low likely high underReview method } }

        { child(id: $ana) { hearings { edges { cursor } } lastContact { byKind { kind on } }
          } }

        { child(id: $court) { id } node(id: $hearing) { id } }

        { children(name: "Court Reyes") { edges { cursor node { id } } pageInfo {
          hasNextPage } } }

        { findChildren(text: "Court Reyes 2009") { edges { cursor node { points child { id }
          } } } }

        { childrenByANumber(aNumber: "A000000111") { edges { cursor } } }

        { addresses(text: "Elm St Enforcement") { edges { cursor node { id } } } }
    """),
}
