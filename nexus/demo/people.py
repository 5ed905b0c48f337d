"""The people of the demonstration: who they are, what was said, and how far they got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from orchestrator_service.leads.models import Interest


@dataclass(frozen=True)
class Person:
    """Somebody invented. `lines` alternate, the customer first; `meeting` is the weekday (Monday 0) and hour, UTC."""

    name: str
    phone: str
    stage: str
    lines: tuple[str, ...]
    interest: Interest | None = None
    score: int = 0
    need: str | None = None
    meeting: tuple[int, int] | None = None
    waits: Literal["person_requested"] | None = None


PEOPLE: Final[tuple[Person, ...]] = (
    Person(
        "Ana Ruiz",
        "+5491144440001",
        "meeting",
        (
            "Hola, ¿cuánto sale para una clínica con tres médicos?",
            "¡Hola Ana! ¿Cuántos turnos manejan por semana?",
            "Unos 120, y se nos escapan muchos. ¿El martes podés?",
            "Sí: te dejo reservado el martes.",
        ),
        "hot",
        82,
        "Ordenar los turnos de una clínica",
        (1, 14),
    ),
    Person(
        "Luis Paz",
        "+5491144440002",
        "contacted",
        (
            "Buenas, vi el aviso en Instagram",
            "¡Hola Luis! ¿Qué te gustaría resolver?",
            "Prefiero hablar con una persona, ¿puede ser?",
        ),
        "warm",
        55,
        None,
        None,
        "person_requested",
    ),
    Person(
        "Sofía Medina",
        "+5491144440003",
        "lost",
        ("¿Esto es gratis?", "Tiene un costo mensual según el equipo.", "Ah, entonces por ahora no, gracias"),
        "not_interested",
        5,
    ),
    Person(
        "Guadalupe Hernández",
        "+5215544440004",
        "qualified",
        (
            "Hola, buen día. Tengo un consultorio dental en Puebla",
            "¡Mucho gusto! ¿Qué le urge más mejorar?",
            "Que los pacientes no falten a sus citas, ya quiero empezar este mes",
        ),
        "hot",
        78,
        "Menos faltas en un consultorio dental",
    ),
    Person(
        "Javier Ortega",
        "+5215544440005",
        "proposal",
        (
            "¿Me mandan la cotización para cinco vendedores?",
            "Claro que sí, ¿a nombre de qué empresa?",
            "Ortega Inmobiliaria. ¿Se puede ver el miércoles?",
        ),
        "hot",
        88,
        "CRM para cinco vendedores",
        (2, 17),
    ),
    Person(
        "João Lima",
        "+5511944440006",
        "qualified",
        (
            "Oi, tudo bem? Quero saber como funciona",
            "Oi João! Você atende por WhatsApp hoje?",
            "Sim, e perco muita mensagem à noite",
        ),
        "warm",
        64,
        "Responder mensagens à noite",
    ),
    Person(
        "Beatriz Souza",
        "+5511944440007",
        "won",
        ("Fechamos! Como faço o pagamento?", "Que ótima notícia, Beatriz! Já enviamos o link.", "Pago, obrigada!"),
        "hot",
        96,
        "Agenda para uma academia",
        (3, 15),
    ),
    Person("Emily Carter", "+14155550108", "new", ("Hi! Do you integrate with Google Calendar?",)),
    Person(
        "Daniel Brooks",
        "+447700900109",
        "contacted",
        ("Hello, is there a free trial?", "Hi Daniel! There is a demo. How big is your team?", "Just me for now"),
        "cold",
        25,
    ),
)
