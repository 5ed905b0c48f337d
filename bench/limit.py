"""The database's own limit: pgbench runs the statements of the same request, in the same transaction."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.world import World, program, reach
from core.paging import LARGEST_ID
from core.statements import Statement
from orchestrator_service.leads.repository import SQL
from orchestrator_service.leads.wanted import WantedLeads, conditions

_RATE: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED: Final = re.compile(r"number of failed transactions: (\d+)")
_HOLE: Final = re.compile(r"\$(\d+)")
_EVERYTHING: Final = conditions(WantedLeads()) | {
    "before_id": LARGEST_ID,
    "owner": None,
    "unassigned": True,
    "among": None,
    "enough": None,
}


@dataclass(frozen=True)
class Script:
    """Something for pgbench to run again and again."""

    name: str
    sql: str


def list_script(*, most: int) -> Script:
    """The page of leads that `GET /crm/leads` reads."""
    return _script("list", SQL["list_leads"], {**_EVERYTHING, "most": most})


def get_script() -> Script:
    """The lead that `GET /crm/leads/{id}` reads."""
    return _script("get", SQL["find_lead"], {"lead_id": ":lead", "binned": False})


def create_script() -> Script:
    """The row that `POST /crm/leads` writes; its phone is random."""
    return _script(
        "create",
        SQL["insert_lead"],
        {
            "full_name": "Ana Bench",
            "phone": ":number::text",
            "match_key": ":number::text",
            "email": "ana@example.com",
            "company": "Bench",
            "need": None,
            "language": None,
            "owner_user_id": None,
            "source": "manual",
            "campaign": None,
            "stage_key": "new",
            "value": None,
            "currency": None,
            "social_links": "{}",
            "lost_reason": None,
            "custom": "{}",
        },
    )


def run_limit(script: Script, url: str, world: World, *, seconds: int, clients: int) -> float:
    """Transactions per second as the role of `url`. Raises RuntimeError where one failed."""
    place = world.folder / f"{script.name}.pgbench"
    place.write_text(script.sql)
    given = {"first": world.tenants[0], "tenants": len(world.tenants), "leads": world.leads, "base": world.first_id}
    command = [
        str(program("pgbench")),
        "-n",
        "-M",
        "prepared",
        "-f",
        str(place),
        "-T",
        str(seconds),
        "-c",
        str(clients),
    ]
    command += [f"-D{name}={value}" for name, value in given.items()]
    environment = {**reach(url), "PATH": os.defpath}
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)  # noqa: S603
    rate, failed = _RATE.search(done.stdout), _FAILED.search(done.stdout)
    if rate is None or failed is None or int(failed[1]):
        raise RuntimeError(f"pgbench: {done.stdout}{done.stderr}")
    return float(rate[1])


def _script(name: str, statement: Statement, params: Mapping[str, object]) -> Script:
    values = dict(zip(statement.parameters[1:], statement.arguments(1, params)[1:], strict=True))

    def filled(hole: re.Match[str]) -> str:
        parameter = statement.parameters[int(hole[1]) - 1]
        return ":tenant" if parameter == "tenant_id" else _literal(values[parameter])

    sql = " ".join(_HOLE.sub(filled, statement.sql).split())
    return Script(
        name,
        "\n".join(
            [
                "\\set index random(0, :tenants - 1)",
                "\\set tenant :first + :index",
                "\\set lead :base + (random(1, :leads) - 1) * :tenants + :index",
                "\\set number random(100000000, 999999999999)",
                "\\startpipeline",
                "BEGIN;",
                "SELECT set_config('app.tenant_id', :tenant::text, true);",
                "\\endpipeline",
                f"{sql};",
                "COMMIT;",
                "",
            ]
        ),
    )


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value)
        case str() if value.startswith(":"):
            return value
        case _:
            return f"'{value}'"
