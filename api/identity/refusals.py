"""Why a token is not taken: each a sentence for its bearer, and one word to count it under.

No sentence quotes anything of the token, and those on what it says come after its signature.
"""

from api.admission import NotAdmittedError, NotDecidedError

_ANOTHER = "Get a token of an issuer that this server knows, meant for this server."
_SENTENCES = {
    "no token": "Say who asks: send `Authorization: Bearer` and a token of your sign-in.",
    "malformed": f"This is not a signed token. {_ANOTHER}",
    "too large": f"The token is too large. {_ANOTHER}",
    "issuer": f"The token's issuer is not known here. {_ANOTHER}",
    "algorithm": f"The token is not signed in its issuer's way. {_ANOTHER}",
    "type": f"The token is not of its issuer's type. {_ANOTHER}",
    "key": f"The token is signed with an unknown key. {_ANOTHER}",
    "signature": f"The token's signature is wrong. {_ANOTHER}",
    "audience": f"The token is meant for another server. {_ANOTHER}",
    "claims": f"The token does not say what it must. {_ANOTHER}",
    "expired": "The token has expired: sign in again.",
    "revoked": "The token was taken back: sign in again.",
    "too early": "The token is not valid yet: send it later, or set the clock it was made by.",
}


def refused(reason: str) -> NotAdmittedError:
    """The refusal of that name: a new one each time, for a raised error keeps where it has been."""
    return NotAdmittedError(_SENTENCES[reason], reason)


def undecided() -> NotDecidedError:
    """The refusal where nobody can say whether a token is good."""
    return NotDecidedError(
        "The keys of the token's issuer cannot be fetched: ask again in a moment.", "keys"
    )
