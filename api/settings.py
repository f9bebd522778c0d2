"""What one served process allows, from the environment. Built once, handed in."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from graph.errors import UsageError


class ApiSettings(BaseSettings):
    """Limits of the API; each has a variable `SPONSORGRAPH_API_…`.

    The defaults let every question of the README through with a page of 100, and refuse what no
    person would read.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        env_prefix="SPONSORGRAPH_API_",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    seconds_to_answer: float = Field(10.0, gt=0)
    # The same for what everybody is looked at for, as a report on 448,820 children; and how many of
    # these are answered at once, while more wait: each keeps a core of the database busy.
    seconds_to_count: float = Field(60.0, gt=0)
    most_counting: int = Field(2, gt=0)
    # Operations under way; more are told to come back, rather than made to wait.
    most_at_once: int = Field(200, gt=0)
    # What one person may ask and be told of, by the name in their token; 0 is without limit. An
    # investigator's page asks a few times a second; twenty thousand people in an hour are a copy.
    most_operations_a_second: float = Field(100.0, ge=0)
    most_people_an_hour: int = Field(20_000, ge=0)
    # How long somebody may see a child in an emergency before anybody has looked at it.
    most_break_glass_minutes: int = Field(240, gt=0, le=10_080)
    most_body_bytes: int = Field(200_000, gt=0)
    most_characters: int = Field(40_000, gt=0)
    # In a document; and as many values in its variables.
    most_tokens: int = Field(2_000, gt=0)
    most_depth: int = Field(20, gt=0)
    most_root_fields: int = Field(20, gt=0)
    most_fields: int = Field(500, gt=0)
    most_fragments: int = Field(100, gt=0)
    most_directives: int = Field(50, gt=0)
    most_items: int = Field(200, gt=0)
    # What an answer may hold, as its pages promise: 100 hearings with 250 things each, and the
    # names, dates and numbers of all things together.
    most_things: int = Field(25_000, gt=0)
    most_values: int = Field(100_000, gt=0)
    introspection: bool = True
    explorer: bool = True
    # At the start, in the background: seconds of processor, and nobody waits for the first plans.
    warming: bool = True
    # Whose tokens are taken, and which roles each may give: see api/identity/issuers.py.
    issuers: Path | None = None
    # What the clients of this installation ask: a manifest, a .graphql file, or a folder of them.
    documents: Path | None = None
    trusted_documents_only: bool = False
    # Counts for Prometheus at /metrics: whoever reaches the server reads how much it is asked.
    metrics: bool = False

    # Connections: how long a request may take to arrive, how much of a head it may have, and how
    # long a server that was told to stop still takes requests, not being ready any more.
    seconds_to_send: float = Field(10.0, gt=0)
    # How long a client may take an answer in, once it is more than the network holds by itself.
    seconds_to_take: float = Field(60.0, gt=0)
    most_header_bytes: int = Field(32_768, gt=0)
    most_connections: int = Field(800, gt=0)
    # TLS: the server's certificate with those between it and its authority, and its key, in PEM.
    tls_certificate_file: Path | None = None
    tls_key_file: Path | None = None
    tls_key_password_file: Path | None = None
    # That what is asked from other machines may come without: a proxy before this server has TLS.
    plain_http: bool = False
    seconds_to_drain: float = Field(0.0, ge=0)

    # Sockets. Each has one client, who may have several operations under way on it.
    most_sockets: int = Field(500, gt=0)
    most_operations_a_socket: int = Field(20, gt=0)
    most_messages_a_second: float = Field(20, gt=0)
    seconds_to_introduce: float = Field(5.0, gt=0)
    seconds_idle: float = Field(300.0, gt=0)
    # How often an open socket is asked anew who it is, and how soon a published run is noticed.
    seconds_between_checks: float = Field(30.0, gt=0)
    seconds_between_looks: float = Field(1.0, gt=0)
    # Pages of other servers that may ask and open sockets, as in ["https://cases.example"].
    trusted_origins: frozenset[str] = frozenset()
    # What this server may be called, as in ["cases.example"]; any name unless given, but on the
    # loopback interface its own names.
    host_names: frozenset[str] = frozenset()

    @property
    def most_seconds(self) -> float:
        """How long any operation may take."""
        return max(self.seconds_to_answer, self.seconds_to_count)


def settings_from_environment() -> ApiSettings:
    """The limits as the environment has them.

    Raises:
        UsageError: a variable holds what it cannot hold; the sentence names it, not its value.
    """
    try:
        return ApiSettings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        variable = f"SPONSORGRAPH_API_{first['loc'][0]}".upper()
        raise UsageError(f"{variable} cannot be read: {first['msg']}.") from None
    except SettingsError:
        raise UsageError(
            "One of the variables SPONSORGRAPH_API_… is not the JSON that it must be."
        ) from None
