"""What `nexus doctor` reports, and what can be told from settings and files alone."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.config import MisconfiguredError, Settings, read_settings

PRIVATE_FILES: Final = ("secrets.json", "runtime.json", "simulator.json")
MOST_WRONG: Final = 30
_STAND_IN: Final = base64.b64encode(bytes(32)).decode()
_LISTS: Final = ("NEXUS_TRUSTED_PROXIES", "NEXUS_EGRESS_ALLOW", "NEXUS_ALLOWED_ORIGINS", "NEXUS_SMTP_")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `wrong` says what to mend, `advice` what to think about; None where all is well."""

    what: str
    wrong: str | None = None
    advice: str | None = None


def read_all_settings(environment: Mapping[str, str]) -> tuple[Settings | None, list[Finding], frozenset[str]]:
    """Every setting that is missing or wrong, not the first alone; the settings with stand-ins in those places.

    The third answer names the variables that stand-ins replaced: what depends on them cannot be looked at.
    """
    tried, findings, replaced = dict(environment), list[Finding](), set[str]()
    while len(replaced) < MOST_WRONG:
        try:
            return read_settings(tried), findings or [Finding("settings")], frozenset(replaced)
        except MisconfiguredError as error:
            findings.append(Finding("settings", str(error)))
            name = str(error).split()[0].rstrip(":.,")
            if name in replaced:
                break
            replaced.add(name)
            tried[name] = "" if name.startswith(_LISTS) else _STAND_IN
            if name == "NEXUS_SMTP_FROM":
                tried[name] = "nexus@example.com"
    return None, findings, frozenset(replaced)


def look_at_addresses(settings: Settings) -> list[Finding]:
    """Whether browsers can log in at `public_url`: cookies want https or loopback, CSRF wants the origin listed."""
    what = "public address"
    url = urlsplit(settings.public_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        return [Finding(what, "NEXUS_PUBLIC_URL is no http or https address.")]
    found: list[Finding] = []
    if url.path or url.query:
        found.append(Finding(what, "NEXUS_PUBLIC_URL has a path: the app is served at the root of its host."))
    if url.scheme == "http" and not _is_loopback(url.hostname):
        wrong = (
            "NEXUS_PUBLIC_URL is http on a host that is not this machine: sessions would travel readable. Use https."
        )
        found.append(Finding(what, wrong))
    if f"{url.scheme}://{url.netloc}" not in settings.allowed_origins:
        wrong = "NEXUS_ALLOWED_ORIGINS lacks the origin of NEXUS_PUBLIC_URL: nobody can log in there."
        found.append(Finding(what, wrong))
    for origin in settings.allowed_origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
            found.append(Finding(what, f"NEXUS_ALLOWED_ORIGINS: {origin!r} is not scheme://host[:port]."))
    if url.scheme == "https" and not settings.trusted_proxies:
        advice = "https without NEXUS_TRUSTED_PROXIES: behind a proxy everybody has its address, and shares one limit."
        found.append(Finding(what, advice=advice))
    return found or [Finding(what)]


def look_at_files(state: Path) -> list[Finding]:
    """Whether what holds keys is its owner's alone; nothing where there is no state folder."""
    if not state.exists():
        return []
    places = [state, *(state / name for name in PRIVATE_FILES)]
    wrong = [problem for place in places if place.exists() and (problem := _exposed(place))]
    return [Finding("key files", problem) for problem in wrong] or [Finding("key files")]


def _exposed(place: Path) -> str | None:
    status = place.stat()
    if status.st_uid != os.geteuid():
        return f"{place} belongs to uid {status.st_uid}, and this is uid {os.geteuid()}."
    if status.st_mode & 0o077:
        return f"{place} is open to other users; run: chmod go= {place}"
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
