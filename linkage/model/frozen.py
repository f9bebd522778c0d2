"""The frozen models: shipped with the package, or trained into an installation's home."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import SponsorgraphError
from linkage.model.features import read_bands, read_lexicon

SHIPPED = Path(__file__).parent


@dataclass(frozen=True)
class Models:
    """Both models with the frequencies and the lexicon they were trained with: a set."""

    version: str
    child: dict[str, Any]
    sponsor: dict[str, Any]
    bands: list[tuple[str, str, int]]
    lexicon: dict[str, float]
    # Of all that decides how people are linked; two sets of one fingerprint link alike.
    fingerprint: str = ""


_FILES = ("child.json", "sponsor.json", "frequencies.csv", "lexicon.csv")


def load_models(folder: Path | None = None) -> Models:
    """The models in `folder` (an installation's home/models) or, without one there, the shipped."""
    place = folder if folder is not None and (folder / "card.json").exists() else SHIPPED
    try:
        return Models(
            version=_json(place / "card.json")["version"],
            child=_json(place / "child.json"),
            sponsor=_json(place / "sponsor.json"),
            bands=read_bands(place / "frequencies.csv"),
            lexicon=read_lexicon(place / "lexicon.csv"),
            fingerprint=sha256(
                b"".join((place / name).read_bytes() for name in _FILES)
            ).hexdigest(),
        )
    except (OSError, ValueError, KeyError) as cause:
        raise SponsorgraphError(
            f"the linkage models in {place} cannot be read: train them again with"
            " `sponsorgraph train`, or empty that folder to use the shipped ones"
        ) from cause


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
