"""TLS to this server: a certificate and its key from files, checked before anybody relies on them.

Renewed files are taken up on SIGHUP, without a restart: who is connected stays so, who comes sees
the new certificate, and files that do not fit leave the old one in place.
"""

import logging
import ssl
from asyncio import AbstractServer
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvloop
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from api.settings import ApiSettings
from graph.errors import UsageError
from graph.line import is_loopback
from graph.secret_files import guarded, secret_in

_CERTIFICATE = "SPONSORGRAPH_API_TLS_CERTIFICATE_FILE"
_KEY = "SPONSORGRAPH_API_TLS_KEY_FILE"
_PASSWORD = "SPONSORGRAPH_API_TLS_KEY_PASSWORD_FILE"  # noqa: S105 - its name
# For TLS 1.2: keys that are made anew for each connection, and ciphers that authenticate.
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"

_log = logging.getLogger("sponsorgraph.api")
SOON = timedelta(days=14)


def context(allowed: ApiSettings) -> ssl.SSLContext | None:
    """What connections are secured with; None where no certificate is named.

    Raises:
        UsageError: the files cannot be used together, or now; the sentence says which and why.
    """
    if allowed.tls_certificate_file is None and allowed.tls_key_file is None:
        return None
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.minimum_version = ssl.TLSVersion.TLSv1_2
    secured.options |= ssl.OP_NO_RENEGOTIATION  # it costs the server, and nobody needs it
    secured.set_ciphers(_CIPHERS)
    secured.set_alpn_protocols(["http/1.1"])
    renew(secured, allowed)
    return secured


def renew(secured: ssl.SSLContext, allowed: ApiSettings) -> datetime:
    """Take up the files as they are now, for whoever connects from now on.

    Returns until when the certificate holds. Raises UsageError, and changes nothing; see `context`.
    """
    certificate_file, key_file = allowed.tls_certificate_file, allowed.tls_key_file
    if certificate_file is None or key_file is None:
        raise UsageError(f"Set both {_CERTIFICATE} and {_KEY}, or neither.")
    password = _password(allowed)
    certificate = _certificate(certificate_file)
    if certificate.public_key() != _key(key_file, password).public_key():
        raise UsageError(f"The key that {_KEY} names is not that of {certificate_file}.")
    try:
        # Into another first: half a pair must not replace a whole one.
        for each in (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), secured):
            each.load_cert_chain(certificate_file, key_file, password or b"")
    except OSError as unusable:
        why = getattr(unusable, "reason", None) or unusable.strerror
        raise UsageError(f"{_CERTIFICATE} and {_KEY} cannot be used ({why}).") from None
    until = certificate.not_valid_after_utc
    if until - datetime.now(UTC) < SOON:
        _log.warning("The certificate expires on %s: renew it, then send SIGHUP.", f"{until:%F}")
    return until


def _certificate(file: Path) -> x509.Certificate:
    """The server's own, which stands before those of the authorities between."""
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())[0]
    except OSError as unreadable:
        raise UsageError(
            f"{_CERTIFICATE} names {file}, which cannot be read ({unreadable.strerror})."
        ) from None
    except ValueError:
        raise UsageError(
            f"{_CERTIFICATE} names {file}, which holds no certificate in PEM."
        ) from None
    now = datetime.now(UTC)
    if found.not_valid_after_utc < now:
        raise UsageError(f"{file} expired on {found.not_valid_after_utc:%Y-%m-%d}: renew it.")
    if found.not_valid_before_utc > now:
        raise UsageError(
            f"{file} is not valid before {found.not_valid_before_utc:%Y-%m-%d %H:%M} UTC: check "
            "the clock of this machine."
        )
    return found


def _key(file: Path, password: bytes | None) -> PrivateKeyTypes:
    content = guarded(_KEY, file)
    try:
        return load_pem_private_key(content, password)
    except TypeError:  # it is encrypted and there is no password, or the other way round
        what = "is encrypted: name its password's file in" if password is None else "needs no"
        raise UsageError(f"{_KEY} names {file}, which {what} {_PASSWORD}.") from None
    except ValueError:
        also = " and that password" if password else ""
        raise UsageError(f"{_KEY} names {file}, which holds no key in PEM{also} opens.") from None


def _password(allowed: ApiSettings) -> bytes | None:
    file = allowed.tls_key_password_file
    return secret_in(_PASSWORD, file).get_secret_value().encode() if file else None


def ensure_not_overheard(host: str, allowed: ApiSettings) -> None:
    """See that tokens and answers do not cross a network for everybody to read.

    Raises:
        UsageError: they would, and no setting says that something before this server has TLS.
    """
    if allowed.tls_certificate_file or allowed.plain_http or is_loopback(host):
        return
    raise UsageError(
        f"Served on {host} without TLS, tokens and answers could be read on their way: set "
        f"{_CERTIFICATE} and {_KEY}, or SPONSORGRAPH_API_PLAIN_HTTP=true if a proxy before this "
        "server has TLS."
    )


class ImpatientLoop(uvloop.Loop):
    """Ends a connection that does not finish its handshake of TLS as soon as any that is slow."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def create_server(  # type: ignore[override] # whatever form it is called in
        self, *args: Any, **options: Any
    ) -> AbstractServer:
        if options.get("ssl"):
            options["ssl_handshake_timeout"] = self._seconds
        return await super().create_server(*args, **options)
