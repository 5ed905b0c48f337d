"""What the demo company lets its agent cite: its prices and the questions that everybody asks, in its language."""

from __future__ import annotations

from typing import Final

from core.database import TenantTransaction
from core.principal import Principal
from orchestrator_service.knowledge.keep import add_document, text_source

TITLE: Final = "Lista de precios"
PRICES: Final = """\
# Lista de precios
Precios en dólares estadounidenses, por mes y sin impuestos. No hay permanencia: se cancela cuando quieras.

## Plan Consultorio
El Plan Consultorio cuesta US$ 49 por mes. Incluye una agenda, recordatorios por WhatsApp y hasta 300 conversaciones \
por mes.

## Plan Clínica
El Plan Clínica cuesta US$ 129 por mes. Incluye hasta cinco agendas, el agente de ventas por WhatsApp y 1.500 \
conversaciones por mes.

## Plan Equipo
El Plan Equipo cuesta US$ 290 por mes. Incluye agendas sin límite, informes por vendedor y 5.000 conversaciones por mes.

## Puesta en marcha
La puesta en marcha cuesta US$ 150 por única vez e incluye dos horas de capacitación para el equipo.

## Descuentos
Por pago anual hay un 15 % de descuento sobre el total.
"""
FAQ: Final[tuple[tuple[str, str], ...]] = (
    (
        "¿Cuánto cuesta?",
        "Hay tres planes por mes, sin permanencia: Consultorio cuesta US$ 49, Clínica US$ 129 y Equipo US$ 290.",
    ),
    (
        "¿Tienen prueba gratis?",
        "Sí: 14 días gratis con todas las funciones, sin tarjeta.",
    ),
    (
        "¿Qué formas de pago aceptan?",
        "Aceptamos tarjeta de crédito y transferencia bancaria. Emitimos factura A y B.",
    ),
    (
        "¿Tienen garantía?",
        "Si en los primeros 30 días no te sirve, devolvemos el dinero completo.",
    ),
    (
        "¿En qué horario atienden?",
        "El equipo atiende de lunes a viernes de 9 a 18, hora de Buenos Aires. El agente responde siempre.",
    ),
    (
        "¿Dónde están ubicados?",
        "La oficina está en Av. Corrientes 1234, piso 5, Buenos Aires. También trabajamos a distancia.",
    ),
    (
        "¿Cuánto tarda la puesta en marcha?",
        "En general una semana: dos días para conectar WhatsApp y las agendas, y tres para capacitar al equipo.",
    ),
    (
        "¿Se integra con Google Calendar?",
        "Sí, cada vendedor conecta su Google Calendar y los horarios ofrecidos respetan sus eventos.",
    ),
)  # fmt: skip


async def keep_knowledge(tx: TenantTransaction, ceo: Principal) -> None:
    """Its documents; the worker reads them."""
    await add_document(tx, ceo, text_source("text", TITLE, PRICES))
    for question, answer in FAQ:
        await add_document(tx, ceo, text_source("faq", question, answer))
