"""A new account, filed in the directory so that its e-mail finds its company."""

from __future__ import annotations

from core.database import TenantTransaction
from core.database_errors import ConstraintViolated
from core.directory import Directory
from core.errors import Conflict
from core.principal import UserId
from orchestrator_service.auth import repository
from orchestrator_service.auth.models import NewUser


class EmailTaken(Conflict):
    """One e-mail is one account in one company. Never told to strangers."""

    code = "email_taken"
    title = "E-Mail Taken"

    def __init__(self) -> None:
        super().__init__("that e-mail has an account already")


async def create_user(tx: TenantTransaction, directory: Directory, user: NewUser) -> UserId:
    """Store the account and file its e-mail, at the commit of `tx`.

    Raises EmailTaken, after which `tx` can only be rolled back. Passwords are checked and hashed before.
    """
    try:
        user_id = await repository.create_user(tx, user)
        await directory.add(tx, "email", user.email, tx.tenant_id, user_id)
    except (ConstraintViolated, Conflict) as error:
        raise EmailTaken from error
    return user_id
