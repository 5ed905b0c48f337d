"""Who stands in which room: no company's room is ever entered by another's people (PRODUCT §13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.principal import ROLES, Principal, Role, TenantId, UserId
from orchestrator_service.auth.permissions import Permission, Scope, scope_of, visible
from orchestrator_service.realtime.rooms import Audience, rooms_of_event, rooms_of_principal

IDS = st.integers(min_value=0, max_value=2**31 - 1) | st.integers(min_value=0, max_value=30)
AUDIENCES: st.SearchStrategy[Audience] = st.sampled_from(
    ["owned", "everyone", "user", "accounts", "agendas", "clients", "left"]
)
OWNERS = st.none() | IDS
PRINCIPALS = st.builds(
    Principal, tenant_id=IDS.map(TenantId), user_id=IDS.map(UserId), role=st.sampled_from(ROLES), session_id=st.none()
)


def hears(principal: Principal, tenant_id: int, audience: Audience, owner: int | None) -> bool:
    return bool(set(rooms_of_principal(principal)) & set(rooms_of_event(tenant_id, audience, owner)))


@given(PRINCIPALS, IDS, AUDIENCES, OWNERS)
def test_nobody_hears_another_company(principal: Principal, tenant_id: int, audience: Audience, owner: int) -> None:
    if tenant_id != principal.tenant_id:
        assert not hears(principal, tenant_id, audience, owner)


@given(PRINCIPALS, PRINCIPALS)
def test_two_companies_share_no_room(one: Principal, other: Principal) -> None:
    if one.tenant_id != other.tenant_id:
        assert not set(rooms_of_principal(one)) & set(rooms_of_principal(other))


@given(PRINCIPALS, OWNERS)
def test_one_hears_of_a_record_exactly_if_one_may_read_it(principal: Principal, owner: int | None) -> None:
    owner_id = None if owner is None else UserId(owner)
    readable = visible(principal, Permission.LEADS_READ, owner_id)
    assert hears(principal, principal.tenant_id, "owned", owner) is readable


@given(PRINCIPALS, OWNERS)
def test_one_hears_of_a_client_exactly_if_one_may_read_it(principal: Principal, owner: int | None) -> None:
    owner_id = None if owner is None else UserId(owner)
    readable = visible(principal, Permission.CLIENTS_READ, owner_id)
    assert hears(principal, principal.tenant_id, "clients", owner) is readable


@given(PRINCIPALS)
def test_what_is_for_everyone_reaches_every_role(principal: Principal) -> None:
    assert hears(principal, principal.tenant_id, "everyone", None)


@given(PRINCIPALS)
def test_what_is_about_accounts_reaches_exactly_those_who_may_read_them(principal: Principal) -> None:
    readable = scope_of(principal.role, Permission.USERS_READ) is not Scope.NONE
    assert hears(principal, principal.tenant_id, "accounts", None) is readable
    assert readable is (principal.role == "ceo")


@given(PRINCIPALS)
def test_what_is_about_agendas_reaches_those_who_would_not_hear_of_it_as_readers_of_leads(principal: Principal) -> None:
    plans = scope_of(principal.role, Permission.AGENDA_READ) is Scope.TENANT
    assert hears(principal, principal.tenant_id, "agendas", None) is (plans and principal.role == "setter")


@given(PRINCIPALS, OWNERS)
def test_what_is_for_one_person_reaches_no_other_whatever_their_role(principal: Principal, owner: int | None) -> None:
    assert hears(principal, principal.tenant_id, "user", owner) is (owner == principal.user_id)


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        ("ceo", {"t:7:everyone", "t:7:all", "t:7:user:3", "t:7:accounts", "t:7:clients"}),
        ("secretary", {"t:7:everyone", "t:7:all", "t:7:user:3", "t:7:clients"}),
        ("setter", {"t:7:everyone", "t:7:unassigned", "t:7:user:3", "t:7:agendas"}),
        ("closer", {"t:7:everyone", "t:7:user:3", "t:7:clients:3"}),
        ("professional", {"t:7:everyone", "t:7:user:3", "t:7:clients:3"}),
    ],
)
def test_the_rooms_of_each_role(role: Role, rooms: set[str]) -> None:
    assert set(rooms_of_principal(Principal(TenantId(7), UserId(3), role))) == rooms


def test_a_role_that_nobody_knows_stands_nowhere() -> None:
    unknown: Role = "janitor"  # pyright: ignore[reportAssignmentType] - what a database could hold by mistake
    assert rooms_of_principal(Principal(TenantId(7), UserId(3), unknown)) == ()
