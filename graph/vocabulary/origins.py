"""Who says a value, as a set of sharing classes: written small, so that each word may carry it.

A search must not find a word that only a withheld class says. So each word of the index by class
stands after one letter that says which classes say it: `Freyes` is *reyes*, as the records of the
sixth set have it. Whoever asks looks for the words after the letters of sets open to them.
"""

from collections.abc import Collection

from graph.vocabulary.evidence import SharingClass

# Their order is for ever: letters in the graph rest on it.
BITS = {
    SharingClass.COURT: 1,
    SharingClass.ENFORCEMENT: 2,
    SharingClass.RELEASE: 4,
    SharingClass.SPONSOR_VETTING: 8,
    SharingClass.WELFARE: 16,
    SharingClass.RELIEF: 32,
}
# One a set, by the number of its bits; none of them is an operator in a full-text query.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_,"


def letter_of(classes: Collection[SharingClass]) -> str:
    """The letter of those who say a word."""
    return LETTERS[sum(BITS[one] for one in set(classes))]


def letters_open(withheld: Collection[SharingClass]) -> str:
    """The letters of every set that has a class which is not withheld."""
    opened = sum(bit for one, bit in BITS.items() if one not in withheld)
    return "".join(letter for bits, letter in enumerate(LETTERS) if bits & opened)
