"""Where an instance listens: the ports that were asked for, else the usual ones, else any that is free."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Final

from nexus.servers.errors import ServersError

HOST: Final = "127.0.0.1"
USUAL: Final = (8000, 8001, 8099)


class PortTakenError(ServersError):
    """Somebody else listens on a port that was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use. Choose another one, or none to get a free one.")


@dataclass(frozen=True)
class Ports:
    """Of the API, the WhatsApp service, the simulator and the local Google, which nobody needs to know by heart."""

    api: int
    whatsapp: int
    simulator: int
    google: int


def choose_ports(asked: tuple[int | None, int | None, int | None], *, usual: bool = True) -> Ports:
    """Different ports of 127.0.0.1, free at this moment.

    An asked one is taken or refused (PortTakenError), 0 asks for any that is free; `usual` tries the well-known ones
    before any other.
    """
    taken = {port for port in asked if port}
    chosen: list[int] = []
    for wanted, common in zip(asked, USUAL, strict=True):
        if wanted:
            if not _is_free(wanted):
                raise PortTakenError(wanted)
            chosen.append(wanted)
        elif wanted is None and usual and common not in taken and _is_free(common):
            chosen.append(common)
        else:
            chosen.append(_any_free(taken | set(chosen)))
    return Ports(*chosen, google=_any_free(taken | set(chosen)))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free(not_these: set[int]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        if port not in not_these:
            return port
