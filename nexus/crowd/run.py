"""`nexus seed --leads`: a crowd in the installation that a command has reached."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.config import read_settings
from core.credentials import Keyring
from core.database import open_database
from core.directory import Directory
from core.errors import BadInput
from core.loopback import is_loopback
from core.secret import Secret
from nexus.crowd.companies import Founder
from nexus.crowd.fill import Tell, Waiting, prepare, write
from nexus.crowd.plan import Plan
from nexus.instance.access import Access
from nexus.servers.bootstrap import run_blocking
from orchestrator_service.auth.passwords import PasswordHasherPool


def seed_crowd(access: Access, plan: Plan, password: Secret, tell: Tell) -> Waiting:
    """Write what is missing of the plan's companies and leads; answers what that was. From the main thread.

    Raises BadInput on an installation that others can reach: nobody invented enters that.
    """
    waiting = run_blocking(_prepare(access, plan, password, tell))
    write(waiting, access.owner_url, tell)
    return waiting


async def _prepare(access: Access, plan: Plan, password: Secret, tell: Tell) -> Waiting:
    settings = read_settings(access.environment())
    if not is_loopback(urlsplit(settings.public_url).hostname or ""):
        raise BadInput("Invented companies are made on an installation of this machine alone (NEXUS_PUBLIC_URL).")
    passwords = PasswordHasherPool()
    database = await open_database(settings.database_url, application="nexus-seed", most_connections=2)
    try:
        hashed = await passwords.hash(password)
        keyring = Keyring.from_text(settings.vault_keys)
        founder = Founder(database, Directory(settings.directory_key), keyring, hashed, "demo")
        return await prepare(founder, plan, access.owner_url, tell)
    finally:
        passwords.close()
        await database.close()
