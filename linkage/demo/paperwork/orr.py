"""HHS ORR: releases, and the calls, services and checks that follow them."""

from collections.abc import Iterator

from linkage.demo.chance import Ids, Weighted
from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Card, Clerk
from linkage.demo.paperwork.envelope import Envelopes, Written
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, Placement, Population, Sponsor
from linkage.demo.windows import AS_OF, iso
from linkage.demo.words import words

RELEASE = words(
    "record_id uac_id alien_no last_name first_name middle_name aka dob gender cob "
    "date_of_entry release_date release_type familygroup sponsor_id sponsor_last_name "
    "sponsor_first_name sponsor_dob sponsor_phone sponsor_category sponsor_relationship_to_uac "
    "sponsor_address sponsor_city sponsor_state sponsor_zip_code"
)
CONTACT = words(
    "record_id uac_id alien_no last_name first_name dob kind leg contact_date outcome address "
    "city state zip"
)
ALSO_KNOWN_AS = 0.02  # A
GROUP_LOST = 0.10  # A: releases without their familygroup
SPONSOR_NOT_RECOGNISED = 0.5  # A: a sponsor who comes again gets a new sponsor_id
UAC_ID_LOST, UAC_ID_ANOTHERS = (
    0.03,
    0.01,
)  # A: contacts filed without the child's number, or wrongly
# A: kinds of contact: share of releases, days after the release, outcomes by weight.
_REACHED = Weighted(["REACHED", "NO_ANSWER", "WRONG_NUMBER", "REFUSED"], [70, 20, 6, 4])
_SERVED = Weighted(["CLOSED", "OPEN", "REACHED", "REFUSED"], [50, 20, 20, 10])
_CHECKED = Weighted(["SAFE", "UNABLE_TO_LOCATE", "CONCERN", "NO_ANSWER"], [60, 22, 6, 12])
_HELPED = Weighted(["OPEN", "CLOSED", "CONCERN"], [30, 55, 15])
CONTACTS: tuple[tuple[str, str, float, tuple[int, int], Weighted[str]], ...] = (
    ("CALL_30_DAY", "CHILD", 0.80, (25, 45), _REACHED),
    ("CALL_30_DAY", "SPONSOR", 0.45, (25, 45), _REACHED),
    ("POST_RELEASE_SERVICE", "CHILD", 0.22, (20, 400), _SERVED),
    ("WELLNESS_CHECK", "CHILD", 0.10, (60, 700), _CHECKED),
    ("HELPLINE", "SPONSOR", 0.03, (5, 600), _HELPED),
)
_FOUND = ("REACHED", "SAFE", "CLOSED", "CONCERN")


class Orr:
    """ORR's portal: its own number for a child, and (less surely) for a sponsor."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._releases, self._contacts = clerk.ids("R", 9), clerk.ids("K", 9)
        self._uac_ids, self._sponsor_ids = clerk.ids("", 8), clerk.ids("SP", 7)
        self._known_sponsors: dict[str, str] = {}
        self._envelopes = Envelopes(
            clerk, rates.RELEASE_PAPERS, unit_form="APT {unit}", short=0.6, boxes=False, small=True
        )

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            card, uac_id = self._clerk.card(child), self._uac_ids.draw()
            for placement in child.placements:
                yield "orr_release", self._release(child, placement, card, uac_id)
                if self._clerk.slips(rates.TWICE_IN_ONE_AGENCY):
                    again = self._clerk.card(child), self._uac_ids.draw()
                    yield "orr_release", self._release(child, placement, *again)
            yield from self._touches(child, card, uac_id, self._contacts)

    def _release(self, child: Child, placement: Placement, card: Card, uac_id: str) -> Sheet:
        clerk = self._clerk
        card = clerk.copied(card, child) if placement is not child.placements[0] else card
        given, _, middle = card.given.title().partition(" ")
        written = self._address(placement)
        aka = clerk.given_names(child.name).title() if clerk.slips(ALSO_KNOWN_AS) else ""
        cells = (
            self._releases.draw(), uac_id, clerk.shown(card.a_number), card.family.title(), given,
            middle, aka, card.born, card.sex, child.family.country, clerk.day(child.crossed),
            clerk.day(placement.on, missing=0.0), placement.release_type,
            "" if clerk.slips(GROUP_LOST) else child.travel_group,
            *self._sponsor(placement), written.line, written.city, written.state,
            written.zip,
        )  # fmt: skip
        about = [About("CHILD", child.id, written.truth)]
        if placement.sponsor:
            about.append(About("SPONSOR", placement.sponsor.id, written.truth))
        return Sheet(cells, tuple(about))

    def _address(self, placement: Placement) -> Written:
        return self._envelopes.write(placement.household.home_on(placement.on))

    def _sponsor(self, placement: Placement) -> tuple[str, ...]:
        sponsor = placement.sponsor
        if sponsor is None:
            return ("",) * 7
        card = self._clerk.card(sponsor)
        return (
            self._sponsor_id(sponsor), card.family.title(), card.given.title(), card.born,
            self._clerk.phone(sponsor), self._category(placement.category),
            placement.relationship,
        )  # fmt: skip

    def _sponsor_id(self, sponsor: Sponsor) -> str:
        known = self._known_sponsors.get(sponsor.id)
        if known is None or self._rng.random() < SPONSOR_NOT_RECOGNISED:
            known = self._known_sponsors[sponsor.id] = self._sponsor_ids.draw()
        return known

    def _category(self, category: str) -> str:
        """Category 2 as it is split today: 2A for who raised the child or is a near relative."""
        return f"2{self._rng.choice('AB')}" if category == "2" else category

    def _touches(
        self, child: Child, card: Card, uac_id: str, ids: Ids
    ) -> Iterator[tuple[str, Sheet]]:
        for kind, leg, share, (soonest, latest), outcomes in CONTACTS:
            day = child.released + self._rng.randint(soonest, latest)
            if self._rng.random() >= share or day > AS_OF:
                continue
            outcome = outcomes.draw(self._rng)
            # Who was not found is where the file says: at the address of the release.
            home = child.home_on(day if outcome in _FOUND else child.released)
            written, as_filed = self._envelopes.write(home), self._clerk.copied(card, child)
            cells = (
                ids.draw(), self._filed_under(uac_id), self._clerk.shown(as_filed.a_number),
                as_filed.family.title(), as_filed.given.title(), as_filed.born, kind, leg,
                iso(day), outcome, written.line, written.city, written.state,
                written.zip,
            )  # fmt: skip
            yield "orr_contact", Sheet(cells, (About("CHILD", child.id, written.truth),))

    def _filed_under(self, uac_id: str) -> str:
        if self._clerk.slips(UAC_ID_LOST):
            return ""
        return self._uac_ids.draw() if self._clerk.slips(UAC_ID_ANOTHERS) else uac_id
