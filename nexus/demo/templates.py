"""What the demo company has approved at WhatsApp: known to the simulator, and kept by the seed as if just asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final

from core.database import TenantTransaction
from core.whatsapp import JsonObject, Template
from nexus.simulator.config import TemplateConfig
from nexus.simulator.templates import components_of
from orchestrator_service.templates.sync import list_templates
from orchestrator_service.triggers.arrange import set_trigger
from orchestrator_service.triggers.models import Kind, Trigger
from whatsapp_service.templates.sync import store_listed

TEMPLATES: Final = (
    TemplateConfig(
        "recordatorio_reunion",
        "Hola {{1}}, te recordamos tu reunión con {{2}} el {{3}} a las {{4}}. ¿Nos confirmas que vienes?",
        header="Tu reunión se acerca",
        footer="Nexus Demo",
        buttons=("Confirmo", "Necesito cambiarla"),
        samples=("Lucía", "Martín", "mar 24 nov", "10:30"),
    ),
    TemplateConfig(
        "confirmacion_reunion",
        "¡Listo, {{1}}! Tu reunión quedó agendada para el {{2}} a las {{3}}.",
        samples=("Lucía", "mar 24 nov", "10:30"),
    ),
    TemplateConfig(
        "seguimos_en_contacto",
        "Hola {{1}}, soy {{2}} de {{3}}. ¿Pudiste ver lo que hablamos? Si quieres, te propongo dos horarios.",
        buttons=("Sí, propónme", "Ahora no"),
        samples=("Lucía", "Sofía", "Nexus Demo"),
    ),
    TemplateConfig(
        "promo_fin_de_ano",
        "Hola {{1}}: hasta el 31 de diciembre, {{2}} tiene tres meses al precio de dos. ¿Te cuento cómo?",
        category="MARKETING",
        footer="Responde BAJA para no recibir más",
        buttons=("Quiero saber más",),
        samples=("Lucía", "tu clínica"),
    ),
    TemplateConfig("encuesta_breve", "Hola {{1}}, ¿cómo te fue con nosotros?", status="PENDING", samples=("Lucía",)),
    TemplateConfig(
        "oferta_relampago",
        "¡SOLO HOY! Compra ya.",
        category="MARKETING",
        status="REJECTED",
        reason="INVALID_FORMAT",
    ),
    TemplateConfig(
        "meeting_reminder",
        "Hi {{1}}, this is a reminder of your meeting with {{2}} on {{3}} at {{4}}.",
        language="en",
        samples=("Lucy", "Martin", "Tue 24 Nov", "10:30"),
    ),
)
_MEETING: Final = ("{{first_name|¿cómo estás?}}", "{{seller}}", "{{meeting_day}}", "{{meeting_time}}")
_QUIET: Final = (time(21), time(8))


async def keep_templates(tx: TenantTransaction, channel_id: int, now: datetime) -> None:
    """The number's templates, as they would be listed at that moment."""
    listed = [
        Template(None, one.name, one.language, one.status, one.category, _components(one), one.reason)
        for one in TEMPLATES
    ]
    await store_listed(tx, channel_id, listed, now)


async def keep_triggers(tx: TenantTransaction, now: datetime) -> None:
    """Reminders are on; what writes to people who did not ask for it is for the visitor to try."""
    ids = {one.name: one.id for one in await list_templates(tx, before_id=2**62, most=len(TEMPLATES))}
    reminder, follow = ids["recordatorio_reunion"], ids["seguimos_en_contacto"]
    for kind in ("reminder_24h", "reminder_1h"):
        await set_trigger(tx, Trigger(kind, 0, True, reminder, _fills(_MEETING), None, 0, *_QUIET), now)
    words = _fills(("{{first_name|¿cómo estás?}}", "{{agent}}", "{{our_company}}"))
    free = "{{first_name|Hola}}, ¿pudiste verlo? Si quieres, te propongo dos horarios."
    await set_trigger(tx, Trigger("follow_up", 0, False, follow, words, free, 22 * 60, *_QUIET), now)
    confirmed = _fills(("{{first_name|¡Hola!}}", "{{meeting_day}}", "{{meeting_time}}"))
    off: tuple[tuple[Kind, int, int, Mapping[str, str], int], ...] = (
        ("confirmation", 0, ids["confirmacion_reunion"], confirmed, 0),
        ("reactivation", 1, follow, words, 7 * 24 * 60),
        ("reactivation", 2, follow, words, 30 * 24 * 60),
    )
    for kind, step, template_id, fills, delay in off:
        await set_trigger(tx, Trigger(kind, step, False, template_id, fills, None, delay), now)


def _components(template: TemplateConfig) -> tuple[JsonObject, ...]:
    return tuple(part for part in components_of(template) if isinstance(part, dict))


def _fills(texts: tuple[str, ...]) -> Mapping[str, str]:
    return {f"body:{number}": text for number, text in enumerate(texts, 1)}
