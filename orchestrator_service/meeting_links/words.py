"""The customer's page in three languages, always «tú» in Spanish (UI.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from orchestrator_service.agenda.labels import Language

Note = Literal["moved", "cancelled", "spent", "taken", "refused", "begun", "unconfirmed", "unchosen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`{…}` are filled by the page."""

    title: str
    with_seller: str
    clock_of: str
    add: str
    take_out: str
    join: str
    move: str
    cancel: str
    ask_cancel: str
    yes_cancel: str
    back: str
    choose: str
    confirm: str
    later: str
    none_free: str
    gone_title: str
    gone: str
    slow_title: str
    slow: str
    summary: str
    manage: str
    notes: dict[Note, str]


WORDS: Final[dict[Language, Words]] = {
    "es": Words(
        title="Tu reunión",
        with_seller="Con {seller}, de {company}",
        clock_of="Hora de {place}",
        add="Agregar a mi calendario",
        take_out="Quitar de mi calendario",
        join="Entrar a la videollamada",
        move="Cambiar horario",
        cancel="Cancelar reunión",
        ask_cancel="¿Cancelar esta reunión?",
        yes_cancel="Sí, cancelar",
        back="Volver",
        choose="Elige otro horario",
        confirm="Confirmar el nuevo horario",
        later="Ver días siguientes",
        none_free="No hay horarios libres por ahora. Escríbenos por WhatsApp y lo vemos juntos.",
        gone_title="Este enlace no funciona",
        gone="Puede estar vencido o incompleto. Ábrelo otra vez desde tu último mensaje, o escríbenos por WhatsApp.",
        slow_title="Demasiados intentos",
        slow="Espera un minuto y vuelve a intentarlo.",
        summary="Reunión con {seller}, {company}",
        manage="Cambiar o cancelar: {link}",
        notes={
            "moved": "Listo: tu reunión tiene nuevo horario.",
            "cancelled": "Tu reunión está cancelada. Si quieres otro horario, escríbenos por WhatsApp.",
            "spent": "Este enlace ya se usó. Si quieres otro cambio, usa el de tu último mensaje o escríbenos.",
            "taken": "Ese horario se acaba de ocupar. Elige otro, por favor.",
            "refused": "Ese horario ya no está disponible. Elige otro, por favor.",
            "begun": "La reunión ya empezó: desde aquí no se puede cambiar.",
            "unconfirmed": "Estamos confirmando este horario. Mira de nuevo en un momento.",
            "unchosen": "Elige un horario de la lista y confírmalo.",
        },
    ),
    "en": Words(
        title="Your meeting",
        with_seller="With {seller}, {company}",
        clock_of="{place} time",
        add="Add to my calendar",
        take_out="Remove from my calendar",
        join="Join the video call",
        move="Change the time",
        cancel="Cancel the meeting",
        ask_cancel="Cancel this meeting?",
        yes_cancel="Yes, cancel it",
        back="Back",
        choose="Choose another time",
        confirm="Confirm the new time",
        later="Show later days",
        none_free="There are no free times for now. Write to us on WhatsApp and we will find one together.",
        gone_title="This link does not work",
        gone="It may have expired or be incomplete. Open it again from your last message, or write to us on WhatsApp.",
        slow_title="Too many attempts",
        slow="Wait a minute and try again.",
        summary="Meeting with {seller}, {company}",
        manage="Change or cancel: {link}",
        notes={
            "moved": "Done: your meeting has a new time.",
            "cancelled": "Your meeting is cancelled. If you would like another time, write to us on WhatsApp.",
            "spent": "This link has been used. For another change, use the one in your last message or write to us.",
            "taken": "That time has just been taken. Please choose another one.",
            "refused": "That time is no longer available. Please choose another one.",
            "begun": "The meeting has begun: it can no longer be changed here.",
            "unconfirmed": "We are confirming this time. Look again in a moment.",
            "unchosen": "Choose a time from the list and confirm it.",
        },
    ),
    "pt": Words(
        title="Sua reunião",
        with_seller="Com {seller}, da {company}",
        clock_of="Horário de {place}",
        add="Adicionar ao meu calendário",
        take_out="Remover do meu calendário",
        join="Entrar na videochamada",
        move="Mudar o horário",
        cancel="Cancelar a reunião",
        ask_cancel="Cancelar esta reunião?",
        yes_cancel="Sim, cancelar",
        back="Voltar",
        choose="Escolha outro horário",
        confirm="Confirmar o novo horário",
        later="Ver os próximos dias",
        none_free="Não há horários livres por enquanto. Escreva para nós no WhatsApp e encontramos um.",
        gone_title="Este link não funciona",
        gone="Pode ter vencido ou estar incompleto. Abra-o de novo na sua última mensagem, ou escreva no WhatsApp.",
        slow_title="Tentativas demais",
        slow="Espere um minuto e tente de novo.",
        summary="Reunião com {seller}, {company}",
        manage="Mudar ou cancelar: {link}",
        notes={
            "moved": "Pronto: sua reunião tem um novo horário.",
            "cancelled": "Sua reunião está cancelada. Se quiser outro horário, escreva para nós no WhatsApp.",
            "spent": "Este link já foi usado. Para outra mudança, use o da sua última mensagem ou escreva para nós.",
            "taken": "Esse horário acabou de ser ocupado. Escolha outro, por favor.",
            "refused": "Esse horário não está mais disponível. Escolha outro, por favor.",
            "begun": "A reunião já começou: não dá mais para mudar por aqui.",
            "unconfirmed": "Estamos confirmando este horário. Veja de novo em um momento.",
            "unchosen": "Escolha um horário da lista e confirme.",
        },
    ),
}


def language_of(header: str) -> Language:
    """The first language of an `Accept-Language` header that we speak, Spanish where there is none."""
    for part in header.lower().split(","):
        match part.strip()[:2]:
            case "es":
                return "es"
            case "en":
                return "en"
            case "pt":
                return "pt"
            case _:
                continue
    return "es"
