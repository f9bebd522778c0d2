"""What a delivery says of itself: who delivers, as of which day, which file is which table."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

MANIFEST = "manifest.json"


class ManifestError(Exception):
    """A manifest, or one delivery in it, that cannot be read; the sentence says what to mend."""


class NamedFile(BaseModel):
    """A file as the manifest names it, where a bare path is not enough."""

    path: str
    mapping: dict[str, str] | None = None


class Delivery(BaseModel):
    """One agency's delivery (FORMATS.md): `files` names, for each table, one file or several."""

    model_config = ConfigDict(frozen=True)

    # Part of every record's key, for ever: no slash, and in one case only.
    source: str = Field(pattern=r"^[A-Z0-9_.: -]{1,64}$")
    as_of: date
    covers_from: date | None = None
    covers_to: date | None = None
    files: dict[str, list[NamedFile]]
    # A worksheet's columns: the office's own name -> the column that it stands for.
    mapping: dict[str, str] = {}

    @field_validator("source", mode="before")
    @classmethod
    def _in_capitals(cls, source: Any) -> Any:
        return source.strip().upper() if isinstance(source, str) else source

    @field_validator("mapping", mode="before")
    @classmethod
    def _of_the_worksheet(cls, mapping: Any) -> Any:
        """A mapping may also be given by table: {"worksheet": {…}}."""
        by_table = isinstance(mapping, dict) and isinstance(mapping.get("worksheet"), dict)
        return mapping["worksheet"] if by_table else mapping or {}

    @field_validator("files", mode="before")
    @classmethod
    def _one_or_several(cls, files: Any) -> Any:
        if not isinstance(files, dict):
            return files
        return {table: _named(value) for table, value in files.items()}


def _named(value: Any) -> Any:
    several = value if isinstance(value, list) else [value]
    return [{"path": each} if isinstance(each, str) else each for each in several]


def deliveries(manifest: Path) -> list[Delivery | ManifestError]:
    """Each delivery that a manifest names, or what is wrong with it.

    Raises:
        ManifestError: the manifest itself is not there or not readable.
    """
    try:
        content = json.loads(manifest.read_text(encoding="utf-8-sig"))
        entries = content["deliveries"]
    except OSError as error:
        raise ManifestError("there is no readable manifest.json here") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ManifestError('the manifest is not JSON of the form {"deliveries": […]}') from error
    if not isinstance(entries, list):
        raise ManifestError('"deliveries" in the manifest is not a list')
    return [_delivery(number, entry) for number, entry in enumerate(entries, start=1)]


def _delivery(number: int, entry: Any) -> Delivery | ManifestError:
    try:
        return Delivery.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return ManifestError(f"delivery {number} of the manifest: {where}: {first['msg']}")


def inside(folder: Path, name: str) -> Path | None:
    """The file that a manifest names, or None when it lies outside of the delivery's folder."""
    file = (folder / name).resolve()
    return file if file.is_relative_to(folder.resolve()) else None
