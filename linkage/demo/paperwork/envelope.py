"""How a clerk writes an address: his own word for a unit, and what gets lost."""

import re
from dataclasses import dataclass, replace

from linkage.demo.paperwork import letters, rates
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.rates import AddressRates
from linkage.demo.population.people import Address, Home

_UNIT_FORMS = ("APT {unit}", "#{unit}", "UNIT {dashed}", "APTO {unit}", "APT. {unit}", "# {unit}")
_ORDINAL = re.compile(r"\d+(ST|ND|RD|TH)")
HABIT = 0.7  # A: units written the agency's usual way
LETTERS_TO_A_BOX = 0.5  # A: papers on which a household gives its box
_SHORT = {
    "STREET": "ST", "AVENUE": "AVE", "ROAD": "RD", "DRIVE": "DR", "LANE": "LN", "COURT": "CT",
    "BOULEVARD": "BLVD", "PLACE": "PL", "CIRCLE": "CIR",
}  # fmt: skip


@dataclass(slots=True)
class Written:
    """An address as written, and the true one behind it (None when nothing was written)."""

    line: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    truth: Address | None = None


def in_small_letters(written: Written) -> Written:
    """`12 N OAK ST APT 2B` as people write it, `12 N Oak St Apt 2B`."""
    return replace(written, line=_small(written.line), city=_small(written.city))


def _small(text: str) -> str:
    return " ".join(_small_word(word) for word in text.split(" "))


def _small_word(word: str) -> str:
    if _ORDINAL.fullmatch(word):
        return word.lower()
    # A unit keeps its letter large: 2B, #2B, 2-B.
    return word if any(letter.isdigit() for letter in word) else word.capitalize()


class Envelopes:
    """One agency's way of writing addresses."""

    def __init__(
        self,
        clerk: Clerk,
        bad: AddressRates,
        *,
        unit_form: str,
        short: float,
        boxes: bool,
        small: bool = False,
    ) -> None:
        self._clerk, self._bad = clerk, bad
        self._form, self._short, self._boxes, self._small = unit_form, short, boxes, small

    def write(self, home: Home) -> Written:
        clerk, rng = self._clerk, self._clerk.rng
        if clerk.slips(self._bad.blank):
            return Written()
        box = home.mailing if self._boxes and rng.random() < LETTERS_TO_A_BOX else None
        address = box or home.address
        written = Written(
            line=self._line(address),
            city=self._city(address.town.city),
            state=address.town.state,
            zip=self._zip(address.zip),
            truth=address,
        )
        return in_small_letters(written) if self._small else written

    def _line(self, address: Address) -> str:
        line = self._street(address.line)
        if self._clerk.slips(self._bad.undeliverable):
            line = self._undeliverable(line)
        if not address.unit or self._clerk.slips(self._bad.no_unit / rates.UNIT_SHARE):
            return line
        habit = self._clerk.rng.random() < HABIT
        form = self._form if habit else self._clerk.rng.choice(_UNIT_FORMS)
        dashed = address.unit[:-1] + "-" + address.unit[-1]
        return f"{line} {form.format(unit=address.unit, dashed=dashed)}"

    def _street(self, line: str) -> str:
        stem, _, kind = line.rpartition(" ")
        if kind in _SHORT and self._clerk.rng.random() < self._short:
            return f"{stem} {_SHORT[kind]}{self._clerk.rng.choice(['', '', '.'])}"
        return line

    def _undeliverable(self, line: str) -> str:
        """No postman finds it: the number lost or wrong, or the street's name spoilt."""
        number, _, street = line.partition(" ")
        luck = self._clerk.rng.random()
        if luck < 1 / 3:
            return street
        if luck < 2 / 3 and number.isdigit():
            return f"{letters.wrong_digit(number, self._clerk.rng)} {street}"
        return f"{number} {letters.typed(street, self._clerk.rng)}"

    def _city(self, city: str) -> str:
        city = city.upper()
        return (
            letters.typed(city, self._clerk.rng) if self._clerk.slips(rates.CITY_MISSPELT) else city
        )

    def _zip(self, code: str) -> str:
        return (
            letters.wrong_digit(code, self._clerk.rng)
            if self._clerk.slips(rates.ZIP_WRONG)
            else code
        )
