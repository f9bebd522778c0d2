"""The frozen models: shipped with the package, or trained into an installation's home."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import SponsorgraphError
from linkage.model.features import read_bands, read_lexicon
from linkage.model.thresholds import CHILD, SPONSOR, Bands
from linkage.model.versions import SHIPPED, folder_of, in_use, read_card


@dataclass(frozen=True)
class Models:
    """Both models with the frequencies and the lexicon they were trained with: a set."""

    version: str
    place: Path
    child: dict[str, Any]
    sponsor: dict[str, Any]
    # Of all that decides how people are linked; two sets of one fingerprint link alike.
    fingerprint: str
    # Where linking and review begin, in the set's own bits.
    child_bands: Bands
    sponsor_bands: Bands

    # Read when they are asked for: a link of what is new has them from the last one.
    @cached_property
    def bands(self) -> list[tuple[str, str, int]]:
        with _readable(self.place):
            return read_bands(self.place / "frequencies.csv")

    @cached_property
    def lexicon(self) -> dict[str, float]:
        with _readable(self.place):
            return read_lexicon(self.place / "lexicon.csv")


_FILES = ("child.json", "sponsor.json", "frequencies.csv", "lexicon.csv")


def load_models(folder: Path | None = None, version: str | None = None) -> Models:
    """The models in use by `folder`, an installation's home/models, or those of one version.

    Without a folder, or with nothing in it, the shipped ones.

    Raises:
        UsageError: there is no such version.
        SponsorgraphError: they cannot be read.
    """
    return read_models(folder_of(folder, version or in_use(folder).version))


def read_models(place: Path) -> Models:
    """The models whose files stand in the folder `place`."""
    card = read_card(place)
    with _readable(place):
        child = _bands(card, "child", CHILD)
        sponsor = _bands(card, "sponsor", SPONSOR)
        made_of = [(place / name).read_bytes() for name in _FILES]
        return Models(
            version=card["version"],
            place=place,
            child=_json(place / "child.json"),
            sponsor=_json(place / "sponsor.json"),
            fingerprint=sha256(b"".join([*made_of, repr((child, sponsor)).encode()])).hexdigest(),
            child_bands=child,
            sponsor_bands=sponsor,
        )


@contextmanager
def _readable(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as cause:
        to_do = (
            "install sponsorgraph again"
            if place == SHIPPED
            else "train them again with `sponsorgraph train`, or remove that folder"
        )
        raise SponsorgraphError(f"the linkage models in {place} cannot be read: {to_do}") from cause


def told_bands(models: Models) -> dict[str, dict[str, float]]:
    """The bands as a card has them."""
    return {"child": asdict(models.child_bands), "sponsor": asdict(models.sponsor_bands)}


def _bands(card: dict[str, Any], role: str, shipped: Bands) -> Bands:
    told = card.get("bands", {}).get(role)
    return Bands(**{name: float(bits) for name, bits in told.items()}) if told else shipped


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
