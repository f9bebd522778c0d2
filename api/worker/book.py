"""The address book: which mailbox or which web address a recipient's name stands for.

sender = "sponsorgraph@ice.example"

[recipients."orr/inbox"]
mail = "notices@orr.example"

[recipients."fojc/HOUSTON"]
mail = "fojc.houston@ice.example"

[recipients."opla/HOU"]                                # of the docket HOU: no office is known
mail = "opla.houston@ice.example"

[recipients."cps/*"]                                   # whoever of cps is not named
webhook = "https://hotline.example/notices"
secret_file = "/etc/sponsorgraph/hotline.secret"       # `whsec_…`, as Standard Webhooks has it
"""

import stat
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from graph.errors import UsageError
from graph.line import is_loopback
from graph.secret_files import secret_in

_VARIABLE = "SPONSORGRAPH_WORKER_ADDRESS_BOOK"
# One mailbox in ASCII, without a name or anything that could begin another header or command.
Mailbox = Annotated[str, Field(pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$")]


def _over_tls(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("must hold no user and no password")
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return url
    raise ValueError("must be an https:// address")


class Recipient(BaseModel):
    """One way to reach one recipient: by mail or by webhook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mail: Mailbox | None = None
    webhook: Annotated[str, AfterValidator(_over_tls)] | None = None
    secret_file: Path | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Recipient":
        if (self.mail is None) == (self.webhook is None):
            raise ValueError("has either `mail` or `webhook`")
        if (self.webhook is None) != (self.secret_file is None):
            raise ValueError("has a `secret_file` with its `webhook`")
        return self

    @cached_property
    def secret(self) -> SecretStr:
        """What signs the webhook. Raises UsageError."""
        assert self.secret_file is not None
        return secret_in("`secret_file`", self.secret_file)


class AddressBook(BaseModel):
    """Whom the names of recipients stand for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sender: Mailbox
    recipients: Mapping[str, Recipient] = Field(min_length=1)

    def find(self, recipient: str) -> Recipient | None:
        """Who bears this name, or else who is meant by all that begin alike: `cps/*`."""
        group = recipient.partition("/")[0]
        return self.recipients.get(recipient) or self.recipients.get(f"{group}/*")


def load(path: Path) -> AddressBook:
    """The address book of a file, with its secrets read once.

    Raises:
        UsageError: it cannot be read or is not as it must be; the sentence says in what.
    """
    book = _book(path)
    for recipient in book.recipients.values():
        if recipient.webhook:
            assert recipient.secret
    return book


def _book(path: Path) -> AddressBook:
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        open_to_all = path.stat().st_mode & stat.S_IWOTH
    except (OSError, UnicodeDecodeError) as unreadable:
        raise UsageError(
            f"{_VARIABLE} names {path}, which cannot be read ({type(unreadable).__name__})."
        ) from None
    except tomllib.TOMLDecodeError as wrong:
        raise UsageError(f"{path} is not TOML: {wrong}.") from None
    if open_to_all:
        raise UsageError(f"{path} may be changed by anybody on this machine: chmod o-w {path}.")
    try:
        return AddressBook.model_validate(said)
    except ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise UsageError(f"{path}: {where}: {first['msg']}.") from None
