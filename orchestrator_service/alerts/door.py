"""What a process that serves people needs for web push, made with the app."""

from __future__ import annotations

from dataclasses import dataclass

from core.egress_rules import EgressPolicy


@dataclass(frozen=True, slots=True)
class PushDoor:
    """What browsers subscribe with (None: no push), and which addresses may be subscribed; `app.state.push`."""

    public_key: str | None
    policy: EgressPolicy
