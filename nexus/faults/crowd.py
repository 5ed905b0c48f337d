"""What the customers write and when: bursts of ordinary sentences, some of it repeated and out of order. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

# Ordinary enough for every one to get an answer and none to call a person.
SENTENCES: Final = (
    "Hola, buenas",
    "Quiero información",
    "Tengo una clínica con dos consultorios",
    "Nos cuesta ordenar los turnos",
    "¿Cómo funciona?",
    "Me interesa",
    "Perdón, escribo de a poco",
    "¿Sirve para un equipo de ventas?",
    "Somos ocho personas",
    "Gracias",
)
GREATEST_BURST: Final = 4
GAP_SECONDS: Final = 0.4
REST_BURSTS: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a customer; `order` is what `/_sim/crowd` takes."""

    phone: str
    name: str
    text: str
    delay_seconds: float
    copies: int = 1
    again_seconds: float | None = None

    def order(self) -> dict[str, object]:
        """For the simulator."""
        return {
            "phone": self.phone,
            "name": self.name,
            "text": self.text,
            "delay_seconds": round(self.delay_seconds, 3),
            "copies": self.copies,
            "again_seconds": self.again_seconds,
        }


def write(
    messages: int, customers: int, duplicates: float, again_seconds: float, random: Random
) -> Iterator[list[Line]]:
    """Bursts of one to four lines, `messages` lines in all.

    A share of `duplicates` of the lines arrives twice, the second time at most `again_seconds` later.
    The webhooks of a burst leave within its gaps, not always in order. Whoever has written rests until others have.
    """
    resting: deque[int] = deque()
    left = messages
    while left > 0:
        customer = random.randrange(customers)
        if customer in resting:
            continue
        resting.append(customer)
        if len(resting) > min(customers - 1, max(customers // REST_BURSTS, 1)):
            resting.popleft()
        size = min(left, random.randint(1, GREATEST_BURST))
        left -= size
        yield [_line(customer, number, duplicates, again_seconds, random) for number in range(size)]


def _line(customer: int, number: int, duplicates: float, again_seconds: float, random: Random) -> Line:
    repeated = random.random() < duplicates
    at_once = random.random() < 0.5  # noqa: PLR2004 - half of the repetitions come together, half later
    return Line(
        phone=f"+54911{50_000_000 + customer}",
        name=f"Cliente {customer}",
        text=random.choice(SENTENCES),
        delay_seconds=GAP_SECONDS * (number + random.random() * 1.5),
        copies=2 if repeated and at_once else 1,
        again_seconds=round(random.uniform(0.1, again_seconds), 2) if repeated and not at_once else None,
    )
