"""The token between the steps of a login opens no session, and a session's token answers no login."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt
import pytest

from core.principal import TenantId, UserId
from core.secret import Secret
from orchestrator_service.auth.tokens import InvalidSession, SessionClaims, SessionTokens
from orchestrator_service.auth.totp.challenge_tokens import LIFETIME, ChallengeClaims, ChallengeTokens
from orchestrator_service.auth.totp.errors import ChallengeInvalid

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KEY = b"k" * 32
KEYS = Secret(f"one:{base64.b64encode(KEY).decode()}")
ID = UUID("0190b5a2-7c1e-7a6b-9d4e-0242ac120002")
CHALLENGES, SESSIONS = ChallengeTokens(KEYS), SessionTokens(KEYS)
WHO = ChallengeClaims(TenantId(3), UserId(9), ID)
TOKEN = CHALLENGES.issue(WHO, now=NOW)
SESSION = SESSIONS.issue(SessionClaims(TenantId(3), UserId(9), ID), now=NOW, lifetime=timedelta(hours=1))


def forged(**changed: object) -> Secret:
    payload: dict[str, object] = jwt.decode(TOKEN.reveal(), options={"verify_signature": False})
    return Secret(jwt.encode(payload | changed, KEY, algorithm="HS256", headers={"kid": "one"}))


def test_what_was_issued_is_read_for_five_minutes() -> None:
    assert timedelta(minutes=5) == LIFETIME
    assert CHALLENGES.read(TOKEN, now=NOW + timedelta(minutes=4, seconds=59)) == WHO
    with pytest.raises(ChallengeInvalid):
        CHALLENGES.read(TOKEN, now=NOW + LIFETIME)


def test_control_a_token_made_by_hand_is_read() -> None:
    assert CHALLENGES.read(forged(), now=NOW) == WHO


@pytest.mark.parametrize("changed", [{"typ": "session"}, {"aud": "nexus-web"}, {"iss": "other"}, {"typ": "reset"}])
def test_another_purpose_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ChallengeInvalid):
        CHALLENGES.read(forged(**changed), now=NOW)


def test_a_session_answers_no_login() -> None:
    with pytest.raises(ChallengeInvalid):
        CHALLENGES.read(Secret(SESSION), now=NOW)


def test_a_challenge_opens_no_session() -> None:
    with pytest.raises(InvalidSession):
        SESSIONS.read(TOKEN.reveal(), now=NOW)
    for half in ({"typ": "session"}, {"aud": "nexus-web"}):
        with pytest.raises(InvalidSession):
            SESSIONS.read(forged(**half).reveal(), now=NOW)
    both = forged(typ="session", aud="nexus-web").reveal()
    assert SESSIONS.read(both, now=NOW).session_id == ID, "the control: with both it would be one"
