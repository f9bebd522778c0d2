"""The line to Neo4j, on which everybody's data go: encrypted and to the right server, or at home.

`+s` asks the server for a certificate that a known authority signed; `+ssc` takes anybody's, so
whoever is on the way can read and answer. A plain line can be read by all on the way.
"""

import ssl
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import neo4j

from graph.errors import UsageError

_VERIFIED: Final = frozenset({"neo4j+s", "bolt+s"})
_SCHEMES: Final = frozenset({"neo4j", "bolt", "neo4j+ssc", "bolt+ssc"}) | _VERIFIED


def ensure_guarded(uri: str, *, unprotected: bool) -> None:
    """See that nobody on the way can read along, unless the settings say that it does not matter.

    Raises:
        UsageError: somebody could, or it is not an address of Neo4j.
    """
    parts = _address(uri)
    if parts.scheme in _VERIFIED or unprotected or is_loopback(parts.hostname):
        return
    secure = parts.scheme.partition("+")[0] + "+s"
    raise UsageError(
        f"NEO4J_URI leads to {parts.hostname} over a line that others can read: use {secure}://, "
        "with SPONSORGRAPH_NEO4J_CA_FILE if an authority of your own signed its certificate. If "
        "the line is guarded otherwise, set SPONSORGRAPH_NEO4J_UNPROTECTED=true."
    )


def line_to(uri: str, ca_file: Path | None) -> tuple[str, dict[str, Any]]:
    """The address as the driver takes it, and what it is to be told of certificates.

    Raises:
        UsageError: it is not an address of Neo4j, or the file of authorities holds none.
    """
    parts = _address(uri)
    if ca_file is None or parts.scheme not in _VERIFIED:
        return uri, {}
    try:
        ssl.create_default_context(cafile=str(ca_file))
    except OSError:  # an error of OpenSSL's is one, too
        raise UsageError(
            f"SPONSORGRAPH_NEO4J_CA_FILE names {ca_file}, which holds no certificate in PEM."
        ) from None
    # The driver takes authorities of one's own under the plain name of the scheme alone.
    plain = parts._replace(scheme=parts.scheme.removesuffix("+s"))
    trusted = neo4j.TrustCustomCAs(str(ca_file))
    return plain.geturl(), {"encrypted": True, "trusted_certificates": trusted}


def is_verified(uri: str) -> bool:
    """Whether the server must show a certificate that can be trusted."""
    return urlsplit(uri).scheme in _VERIFIED


def not_an_address() -> UsageError:
    return UsageError(
        "NEO4J_URI is not an address of Neo4j: it looks like neo4j+s://host:7687, bolt+s://… or, "
        "on this machine, bolt://…, without user and password."
    )


def _address(uri: str) -> SplitResult:
    try:
        parts = urlsplit(uri)
        known = parts.scheme in _SCHEMES and parts.hostname and "@" not in parts.netloc
    except ValueError:
        raise not_an_address() from None
    if not known:  # the driver would also speak HTTP by now
        raise not_an_address()
    return parts


def is_loopback(host: str | None) -> bool:
    """Whether what is said to this host stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
