"""Whose tokens are taken, and which roles each issuer may give: a TOML file, read at the start.

[issuers.hhs]
url = "https://login.hhs.example/realms/orr"              # `iss`, letter by letter
audience = "sponsorgraph"                                 # `aud`
keys = "https://login.hhs.example/realms/orr/certs"       # or file:///etc/sponsorgraph/hhs.json
algorithms = ["RS256"]
type = "at+jwt"                                           # the header's `typ`, where it is sure
agency = "ORR"

[issuers.hhs.claims]                                      # where they stand; a.b is b within a
roles = "realm_access.roles"
providers = "facility"

[issuers.hhs.roles]                                       # nobody of theirs has another
uc-caseworker = "ORR_CASEWORKER"
uc-provider = "CARE_PROVIDER"

[issuers.hhs.services]                                    # subjects that are programs
"7d2e6a" = "ORR_TRIAGE"
"""

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from graph.errors import UsageError
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import ViewerRole

# Each has a key that only the issuer holds. A shared secret (HS256) has no place here: whoever can
# check such a token can make one.
Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
]
# However long an issuer says that a token is good, and however much its clock differs.
LONGEST_HOURS = 24 * 7
LONGEST_LEEWAY_SECONDS = 120
_AGENCIES = {rules.of for rules in ROLES.values()}


def _location(text: str) -> str:
    parts = urlsplit(text)
    if not {"https": parts.hostname, "file": parts.path}.get(parts.scheme):
        raise ValueError("must be an https:// or file:// address")
    if parts.username or parts.password:
        raise ValueError("must hold no user and no password")
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Given(_Strict):
    """What one value of the roles' claim gives: a role, and whom it is for where no claim says."""

    role: ViewerRole
    scopes: frozenset[str] = frozenset()


def _given(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


Roles = Mapping[str, Annotated[Given, BeforeValidator(_given)]]


class Claims(_Strict):
    """Where a token says what; a path leads into objects by dots."""

    name: str = "sub"
    roles: str = "roles"
    offices: str | None = None
    dockets: str | None = None
    providers: str | None = None
    cases: str | None = None
    referrals: str | None = None


class Issuer(_Strict):
    """One issuer. `label` is what it goes by here: principals are named `label/subject`."""

    label: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")
    url: str = Field(min_length=1)
    audience: str = Field(min_length=1)
    keys: Annotated[str, AfterValidator(_location)]
    algorithms: frozenset[Algorithm] = Field(min_length=1)
    type: str | None = None
    agency: str | None = Field(None, max_length=80)
    # Clocks differ; a token is not good for minutes more than its issuer meant.
    leeway_seconds: float = Field(30, ge=0, le=LONGEST_LEEWAY_SECONDS)
    # However long an issuer says that a token is good: a stolen one is not good for ever.
    longest_hours: float = Field(24, gt=0, le=LONGEST_HOURS)
    claims: Claims = Claims()
    roles: Roles = {}
    services: Roles = {}

    @model_validator(mode="after")
    def _gives_its_own(self) -> "Issuer":
        given = {one.role for one in (*self.roles.values(), *self.services.values())}
        if not given:
            raise ValueError("gives nobody a role: list them in its `roles` or `services`")
        if self.agency in _AGENCIES:
            for role in sorted(given):
                if ROLES[role].of != self.agency:
                    raise ValueError(f"is {self.agency}'s and cannot give the role {role}")
        return self


def load(path: Path) -> tuple[Issuer, ...]:
    """The issuers of a file.

    Raises:
        UsageError: it cannot be read, or one of them is not as it must be; the sentence says which
            and in what.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        open_to_all = path.stat().st_mode & stat.S_IWOTH
    except (OSError, UnicodeDecodeError) as unreadable:
        raise UsageError(
            f"SPONSORGRAPH_API_ISSUERS names {path}, which cannot be read"
            f" ({type(unreadable).__name__})."
        ) from None
    except tomllib.TOMLDecodeError as wrong:
        raise UsageError(f"{path} is not TOML: {wrong}.") from None
    if open_to_all:
        raise UsageError(f"{path} may be changed by anybody on this machine: chmod o-w {path}.")
    tables = said.pop("issuers", None)
    if said or not isinstance(tables, dict) or not tables:
        raise UsageError(f"{path} must hold [issuers.NAME] tables, one or more, and nothing else.")
    found = tuple(_issuer(path, label, table) for label, table in tables.items())
    if len({issuer.url for issuer in found}) < len(found):
        raise UsageError(f"{path} names two issuers of one `url`: whose tokens they are is unsaid.")
    return found


def _issuer(path: Path, label: str, table: Any) -> Issuer:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: [issuers.{label}] must be a table.")
    try:
        return Issuer(**{**table, "label": label})
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join([f"issuers.{label}", *map(str, first["loc"])])
        reason = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"{path}: {where}: {reason}.") from None
