"""The permission table: what PRODUCT §5.4 and UI §3 say of each role, and nothing more."""

from __future__ import annotations

from typing import cast

import pytest

from core.errors import Forbidden
from core.principal import ROLES, Principal, Role, TenantId, UserId
from orchestrator_service.auth.permissions import (
    NEVER_BY_KEY,
    OwnerFilter,
    Permission,
    Scope,
    allowed_permissions,
    as_markdown_table,
    owner_filter,
    require,
    scope_for,
    scope_of,
    visible,
)

ME, OTHER = UserId(7), UserId(8)
P, S = Permission, Scope


def someone(role: Role) -> Principal:
    return Principal(TenantId(1), ME, role)


UI_TABLE: list[tuple[Permission, dict[Role, Scope]]] = [
    *[
        (
            permission,
            {
                "ceo": S.TENANT,
                "secretary": S.TENANT,
                "setter": S.UNASSIGNED_AND_OWN,
                "closer": S.OWN,
                "professional": S.OWN,
            },
        )
        for permission in (P.LEADS_READ, P.LEADS_WRITE, P.PIPELINE_READ, P.CONVERSATIONS_READ, P.CONVERSATIONS_WRITE)
    ],
    *[
        (
            permission,
            {"ceo": S.TENANT, "secretary": S.TENANT, "setter": S.NONE, "closer": S.OWN, "professional": S.OWN},
        )
        for permission in (P.CLIENTS_READ, P.CLIENTS_WRITE, P.SELLERS_READ)
    ],
    *[
        (
            permission,
            {"ceo": S.TENANT, "secretary": S.TENANT, "setter": S.TENANT, "closer": S.OWN, "professional": S.OWN},
        )
        for permission in (P.AGENDA_READ, P.AGENDA_BOOK)
    ],
    (
        P.CANNED_WRITE,
        {"ceo": S.TENANT, "secretary": S.TENANT, "setter": S.OWN, "closer": S.OWN, "professional": S.OWN},
    ),
    (
        P.AGENDA_WRITE,
        {"ceo": S.TENANT, "secretary": S.TENANT, "setter": S.NONE, "closer": S.OWN, "professional": S.OWN},
    ),
    (
        P.SELLERS_WRITE,
        {"ceo": S.TENANT, "secretary": S.NONE, "setter": S.NONE, "closer": S.OWN, "professional": S.OWN},
    ),
    (
        P.TEMPLATES_READ,
        {"ceo": S.TENANT, "secretary": S.TENANT, "setter": S.NONE, "closer": S.NONE, "professional": S.NONE},
    ),
    (
        P.LEADS_ASSIGN,
        {
            "ceo": S.TENANT,
            "secretary": S.TENANT,
            "setter": S.UNASSIGNED_AND_OWN,
            "closer": S.NONE,
            "professional": S.NONE,
        },
    ),
    (P.TEMPLATES_USE, dict.fromkeys(ROLES, S.TENANT)),
    (P.TEAM_READ, dict.fromkeys(ROLES, S.TENANT)),
]


@pytest.mark.parametrize(("permission", "scopes"), UI_TABLE)
def test_each_role_has_the_scope_of_the_written_table(permission: Permission, scopes: dict[Role, Scope]) -> None:
    assert {role: scope_of(role, permission) for role in ROLES} == scopes


@pytest.mark.parametrize("permission", sorted(set(Permission) - {permission for permission, _ in UI_TABLE}))
def test_everything_else_is_the_ceos_alone(permission: Permission) -> None:
    assert [role for role in ROLES if scope_of(role, permission) is not Scope.NONE] == ["ceo"]
    assert scope_of("ceo", permission) is Scope.TENANT


@pytest.mark.parametrize("permission", Permission)
def test_an_unknown_role_may_do_nothing(permission: Permission) -> None:
    assert scope_of(cast("Role", "admin"), permission) is Scope.NONE


@pytest.mark.parametrize(
    ("role", "mine", "unassigned", "others"),
    [
        ("ceo", True, True, True),
        ("secretary", True, True, True),
        ("setter", True, True, False),
        ("closer", True, False, False),
        ("professional", True, False, False),
    ],
)
def test_a_record_is_visible_by_its_owner(role: Role, *, mine: bool, unassigned: bool, others: bool) -> None:
    seen = tuple(visible(someone(role), P.LEADS_READ, owner) for owner in (ME, None, OTHER))
    assert seen == (mine, unassigned, others)


def test_without_the_permission_not_even_ones_own_record_is_visible() -> None:
    assert not visible(someone("setter"), P.CLIENTS_READ, ME)
    assert not visible(someone("setter"), P.CLIENTS_READ, None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("owner", [ME, OTHER, None])
def test_lists_and_single_reads_follow_the_same_rule(role: Role, permission: Permission, owner: UserId | None) -> None:
    who = someone(role)
    try:
        wanted = owner_filter(who, permission)
    except Forbidden:
        listed = False
    else:
        listed = wanted.unassigned if owner is None else wanted.owner in {None, owner}
    assert listed == visible(who, permission, owner)


def test_the_owner_filter_names_the_owner_and_whether_the_unassigned_count() -> None:
    assert owner_filter(someone("ceo"), P.LEADS_READ) == OwnerFilter(owner=None, unassigned=True)
    assert owner_filter(someone("setter"), P.LEADS_READ) == OwnerFilter(owner=ME, unassigned=True)
    assert owner_filter(someone("closer"), P.LEADS_READ) == OwnerFilter(owner=ME, unassigned=False)


def test_require_gives_the_scope_or_a_403_that_names_the_permission() -> None:
    assert require(someone("closer"), P.CLIENTS_READ) is Scope.OWN
    with pytest.raises(Forbidden) as refused:
        require(someone("secretary"), P.VAULT_READ)
    assert refused.value.extra == {"permission": "vault.read"}


@pytest.mark.parametrize("role", ROLES)
def test_me_lists_the_allowed_permissions_only(role: Role) -> None:
    allowed = allowed_permissions(role)
    assert Scope.NONE not in allowed.values()
    assert all(scope_of(role, permission) is Scope.NONE for permission in set(Permission) - allowed.keys())


def test_the_table_for_the_docs_has_every_permission_and_role() -> None:
    lines = as_markdown_table().splitlines()
    assert lines[0] == "| permission | ceo | professional | secretary | setter | closer |"
    assert lines[1] == "|---|---|---|---|---|---|"
    assert "| `leads.read` | tenant | own | tenant | unassigned, own | own |" in lines
    assert "| `vault.read` | tenant | no | no | no | no |" in lines
    assert len(lines) == 2 + len(Permission)


def with_key(role: Role, *scopes: Permission) -> Principal:
    return Principal(TenantId(1), ME, role, key_id=3, scopes=frozenset(scope.value for scope in scopes))


@pytest.mark.parametrize("role", ROLES)
def test_a_key_reaches_what_its_scopes_and_its_users_role_both_allow(role: Role) -> None:
    for permission in Permission:
        full = scope_for(with_key(role, *Permission), permission)
        assert full is (S.NONE if permission in NEVER_BY_KEY else scope_of(role, permission))
        assert scope_for(with_key(role, *(set(Permission) - {permission})), permission) is S.NONE
        assert not visible(with_key(role), permission, ME)


def test_no_key_hands_out_access_reads_secrets_or_erases() -> None:
    assert {
        "api_keys.read", "api_keys.write", "users.read", "users.write", "vault.read", "vault.write",
        "settings.write", "webhooks.read", "webhooks.write", "privacy.erase",
    } == {permission.value for permission in NEVER_BY_KEY}  # fmt: skip


def test_a_refusal_says_whether_the_role_or_the_key_is_too_small() -> None:
    with pytest.raises(Forbidden, match="this API key does not allow this"):
        require(with_key("ceo", P.LEADS_READ), P.LEADS_WRITE)
    with pytest.raises(Forbidden, match="your role does not allow this"):
        owner_filter(with_key("setter", P.CLIENTS_READ), P.CLIENTS_READ)
