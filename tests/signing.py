"""Sign-ins for servers that tests and measurements start: an issuer in a folder, and its tokens.

A front-end developer's server has its agency's; this one gives every role, for an hour.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from jwt.algorithms import ECAlgorithm

from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import ViewerRole

_URL = "https://login.tests.example"
_CLAIMS = ("offices", "dockets", "providers", "cases", "referrals")
# Sees all children by name, and their hearings since the guidance of December 2023.
USUALLY = ViewerRole.ORR_CASEWORKER


@dataclass(frozen=True)
class SignIns:
    """The issuer of one folder. `environment` has a server take its tokens."""

    folder: Path
    key: Any

    @property
    def environment(self) -> dict[str, str]:
        return {"SPONSORGRAPH_API_ISSUERS": str(self.folder / "issuers.toml")}

    def token(self, role: ViewerRole = USUALLY, name: str = "tester", **claims: Any) -> str:
        now = int(time.time())
        said = {"iss": _URL, "aud": "sponsorgraph", "sub": name, "roles": [role],
                "iat": now, "exp": now + 3600, **claims}  # fmt: skip
        return jwt.encode(said, self.key, algorithm="ES256", headers={"kid": "tests"})

    def headers(self, role: ViewerRole = USUALLY, **claims: Any) -> dict[str, str]:
        """What a request is sent with, in that role and to its first purpose."""
        return {
            "Authorization": f"Bearer {self.token(role, **claims)}",
            "Sponsorgraph-Purpose": ROLES[role].purposes[0],
            "Sponsorgraph-Basis": "6 U.S.C. 279(b)",
        }


def in_lines(headers: Mapping[str, str]) -> bytes:
    """Headers as they are sent."""
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in headers.items())


def sign_ins(folder: Path) -> SignIns:
    """An issuer that keeps its keys and the file that names it in this folder."""
    key = generate_private_key(SECP256R1())
    public = {**json.loads(ECAlgorithm.to_jwk(key.public_key())), "kid": "tests"}
    (folder / "keys.json").write_text(json.dumps({"keys": [public]}))
    roles = "\n".join(f'{role} = "{role}"' for role in ViewerRole)
    claims = "\n".join(f'{claim} = "{claim}"' for claim in _CLAIMS)
    (folder / "issuers.toml").write_text(
        f'[issuers.tests]\nurl = "{_URL}"\naudience = "sponsorgraph"\nalgorithms = ["ES256"]\n'
        f'keys = "{(folder / "keys.json").as_uri()}"\n'
        f"[issuers.tests.claims]\n{claims}\n[issuers.tests.roles]\n{roles}\n"
    )
    return SignIns(folder, key)
