"""A clerk: writes down people, days and numbers, and is sometimes wrong."""

from dataclasses import dataclass
from datetime import date
from random import Random

from linkage.demo.chance import Ids
from linkage.demo.paperwork import letters, rates
from linkage.demo.population.people import Child, Name, Sponsor
from linkage.demo.windows import AS_OF, iso


@dataclass(slots=True)
class Card:
    """A person as one agency has them on file."""

    family: str
    given: str
    born: str
    sex: str
    a_number: str = ""


class Clerk:
    """One agency's hand. `noise` multiplies every rate; `hide_a_numbers` blanks that share."""

    def __init__(
        self,
        rng: Random,
        *,
        noise: float,
        hide_a_numbers: float,
        number_missing: float = 0.01,
        number_form: str = "A{0}{1}{2}",
        scans: bool = False,
    ) -> None:
        self.rng = rng
        self._noise, self._hidden = noise, hide_a_numbers
        self._number_missing, self._number_form = number_missing, number_form
        self._scanned = rates.SCANNED + (rates.SCANNED_FORM if scans else 0)

    def slips(self, rate: float) -> bool:
        """Whether something that goes wrong this often at noise 1 went wrong now."""
        return self.rng.random() < rate * self._noise

    def ids(self, prefix: str, digits: int) -> Ids:
        return Ids(self.rng, prefix, digits)

    def card(self, person: Child | Sponsor) -> Card:
        """The person keyed afresh."""
        return Card(
            self.family_name(person.name),
            self.given_names(person.name),
            self.birth(person.born),
            self.sex(person.sex),
            self._number(person) if isinstance(person, Child) else "",
        )

    def copied(self, card: Card, child: Child) -> Card:
        """The card for another row of the same agency: copied, or now and then keyed again."""
        return self.card(child) if self.slips(rates.KEYED_AGAIN) else card

    def family_name(self, name: Name) -> str:
        paternal, maternal = self._misspelt(name.paternal), name.maternal
        if not maternal or self.slips(rates.SECOND_SURNAME_DROPPED):
            return paternal
        maternal = self._misspelt(maternal)
        if self.slips(rates.SURNAMES_SWAPPED):
            return f"{maternal} {paternal}"
        if self.slips(rates.SURNAMES_JOINED):
            return self.rng.choice([f"{paternal}{maternal}", f"{paternal}-{maternal}"])
        return f"{paternal} {maternal}"

    def given_names(self, name: Name) -> str:
        first = name.given[0]
        if self.slips(rates.NICKNAME):
            first = letters.nickname(first, self.rng)
        first, rest = self._misspelt(first), name.given[1:]
        if not rest or self.slips(rates.SECOND_GIVEN_DROPPED):
            return first
        second = self._misspelt(rest[0])
        if self.slips(rates.SECOND_GIVEN_INITIAL):
            return f"{first} {second[0]}"
        return f"{second} {first}" if self.slips(rates.GIVEN_SWAPPED) else f"{first} {second}"

    def _misspelt(self, name: str) -> str:
        luck = self.rng.random() / self._noise if self._noise else 1.0
        if luck < rates.TYPO:
            return letters.typed(name, self.rng)
        if luck < rates.TYPO + rates.HEARD:
            return letters.heard(name, self.rng)
        if luck < rates.TYPO + rates.HEARD + self._scanned:
            return letters.scanned(name, self.rng)
        return name

    def birth(self, born: int) -> str:
        """The date of birth as written, or empty."""
        if self.slips(rates.BIRTH_MISSING):
            return ""
        day = date.fromordinal(born)
        if self.slips(rates.FIRST_OF_JANUARY):
            return f"{day.year}-01-01"
        if day.day <= 12 and self.slips(rates.DAY_AND_MONTH_SWAPPED):  # noqa: PLR2004 months
            return f"{day.year}-{day.day:02d}-{day.month:02d}"
        if self.slips(rates.YEAR_OFF_BY_ONE) and (day.month, day.day) != (2, 29):
            return iso(day.replace(year=day.year + self.rng.choice([-1, 1])).toordinal())
        off = self.rng.choice([-1, 1, 10]) if self.slips(rates.BIRTH_DAY_OFF) else 0
        return iso(born + off)

    def sex(self, sex: str) -> str:
        if self.slips(rates.SEX_MISSING):
            return ""
        return {"F": "M", "M": "F"}[sex] if self.slips(rates.SEX_WRONG) else sex

    def day(self, day: int, missing: float = rates.EVENT_DAY_MISSING) -> str:
        """An event's day: sometimes missing, sometimes a little off, never after the extract."""
        if self.slips(missing):
            return ""
        off = self.rng.choice([-7, -2, -1, 1, 2, 3]) if self.slips(rates.EVENT_DAY_OFF) else 0
        return iso(min(day + off, AS_OF))

    def _number(self, child: Child) -> str:
        if self.slips(self._number_missing):
            return ""
        number = child.a_number
        if child.siblings_numbers and self.slips(rates.A_SIBLINGS_NUMBER):
            number = self.rng.choice(child.siblings_numbers)
        if self.slips(rates.A_NUMBER_WRONG):
            number = "A" + letters.wrong_digit(number[1:], self.rng)
        return number

    def shown(self, a_number: str) -> str:
        """The A-number on this one row, unless it is one of those blanked on purpose."""
        if not a_number or (self._hidden and self.rng.random() < self._hidden):
            return ""
        return self._number_form.format(a_number[1:4], a_number[4:7], a_number[7:])

    def phone(self, sponsor: Sponsor) -> str:
        """A number the sponsor had at some time, 212-555-0142."""
        if self.slips(rates.PHONE_MISSING):
            return ""
        phone = sponsor.phones[0 if self.slips(rates.PHONE_OLD) else -1]
        if self.slips(rates.PHONE_WRONG):
            # Still a number that nobody has: only its last two digits go wrong.
            return f"{phone[:-2]}{self.rng.randrange(100):02d}"
        return phone
