"""The keys of an installation: from the environment, else made once and kept in its state folder (0600)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from core.push_key import PushKey
from core.secret import Secret

KEY_BYTES: Final = 32
VAULT_KEYS: Final = "vault_keys"

SecretSource: TypeAlias = Callable[[str, Callable[[], str]], str]
"""`StateFolder.secret`: the secret of that name, made once."""


@dataclass(frozen=True)
class Keys:
    """As the services read them; they do not print."""

    vault: str = field(repr=False)
    jwt: str = field(repr=False)
    directory: str = field(repr=False)
    audit: str = field(repr=False)
    push: str = field(repr=False)

    @property
    def push_public(self) -> str:
        """What browsers are given. Raises ValueError for a key that is none."""
        return PushKey.from_text(Secret(self.push)).public


def installation_keys(secret: SecretSource, environ: Mapping[str, str]) -> Keys:
    """The variables of the keys (NEXUS_VAULT_KEYS and so on), each made and kept where it is not given."""
    return Keys(
        vault=environ.get("NEXUS_VAULT_KEYS") or secret(VAULT_KEYS, _named_key),
        jwt=environ.get("NEXUS_JWT_KEYS") or secret("jwt_keys", _named_key),
        directory=environ.get("NEXUS_DIRECTORY_KEY") or secret("directory_key", _key),
        audit=environ.get("NEXUS_AUDIT_KEYS") or secret("audit_keys", _named_key),
        push=environ.get("NEXUS_PUSH_KEY") or secret("push_key", _key),
    )


def checkpoints_file(state: Path, environ: Mapping[str, str]) -> Path:
    """NEXUS_AUDIT_CHECKPOINTS, else a file of the state folder: where the heads of the audit chains are noted."""
    return Path(environ.get("NEXUS_AUDIT_CHECKPOINTS") or state.absolute() / "audit-checkpoints.jsonl")


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _named_key() -> str:
    return f"k1:{_key()}"
