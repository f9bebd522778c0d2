"""What one served process allows, from the environment. Built once, handed in."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """Limits of the API; each has a variable `SPONSORGRAPH_API_…`.

    The defaults let every question of the README through with a page of 100, and refuse what no
    person would read.
    """

    model_config = SettingsConfigDict(
        frozen=True, env_prefix="SPONSORGRAPH_API_", env_ignore_empty=True, extra="ignore"
    )

    seconds_to_answer: float = Field(10.0, gt=0)
    # Operations under way; more are told to come back, rather than made to wait.
    most_at_once: int = Field(200, gt=0)
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
