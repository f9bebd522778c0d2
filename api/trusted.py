"""Trusted documents: what the clients of one installation ask, known before they ask it.

Also called persisted documents. A document goes by the SHA-256 of its text, as in the appendix of
https://graphql.github.io/graphql-over-http/draft/ and in the manifests that client tools write:

- Relay's, graphql-codegen's: a JSON object from hash, with or without `sha256:`, to text;
- Apollo's `apollo-persisted-query-manifest`: operations, each with its `id` and `body`;
- a plain `.graphql` file, whose text is all of it;
- a folder of any of these.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from graph.errors import UsageError

PREFIX = "sha256:"
_HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_DOCUMENTS = (".graphql", ".gql")
_APOLLO = "apollo-persisted-query-manifest"


def hash_of(text: str) -> str:
    """The hexadecimal SHA-256 of a document's text, by which clients name it."""
    return hashlib.sha256(text.encode()).hexdigest()


def load(path: Path) -> dict[str, str]:
    """Every document of a file or folder, by the hash of its text.

    Raises:
        UsageError: there is none, or it cannot be read; the sentence says what to change.
    """
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found: dict[str, str] = {}
    for file in files:
        if file.suffix in (*_DOCUMENTS, ".json"):
            found.update(_read(file))
    if not found:
        raise UsageError(
            f"{path} holds no documents: name a .graphql file, a manifest (.json), or a folder"
            " of them."
        )
    return found


def _read(file: Path) -> Iterator[tuple[str, str]]:
    try:
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file} cannot be read: it must be text in UTF-8.") from None
    if file.suffix in _DOCUMENTS:
        yield hash_of(text), text
        return
    try:
        manifest = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise UsageError(f"{file} is not JSON.") from None
    for name, document in _entries(manifest, file):
        yield _checked(name, document, file), document


def _entries(manifest: Any, file: Path) -> Iterator[tuple[str, str]]:
    if isinstance(manifest, dict) and manifest.get("format") == _APOLLO:
        operations = manifest.get("operations", [])
        if isinstance(operations, Mapping):
            operations = [{"id": name, **each} for name, each in operations.items()]
        entries = [(each.get("id"), each.get("body")) for each in operations]
    elif isinstance(manifest, dict):
        entries = list(manifest.items())
    else:
        entries = [(None, None)]
    for name, document in entries:
        if not isinstance(name, str) or not isinstance(document, str):
            raise UsageError(
                f"{file} is no manifest of documents: it must map hashes to texts, or be an"
                f" {_APOLLO}."
            )
        yield name, document


def _checked(name: str, document: str, file: Path) -> str:
    match = _HASH.fullmatch(name)
    if match is None:
        raise UsageError(
            f"{file} names a document {name[:40]}, which is no SHA-256: set the hash algorithm of"
            " the tool that wrote it to SHA256."
        )
    if match[1] != hash_of(document):
        raise UsageError(
            f"{file}: the text under {name[:20]}… has another SHA-256: write the manifest again."
        )
    return match[1]
