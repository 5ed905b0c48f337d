"""What an alert says outside the app, in the company's language: what has happened and to whom, never what was written.

Pure. The bell's own words are the web app's; these are short enough for a lock screen.
"""

from __future__ import annotations

from typing import Final

from orchestrator_service.agenda.labels import Language, label_of
from orchestrator_service.alerts.models import Facts
from orchestrator_service.notifications.models import Cause, Kind

SOMEBODY: Final[dict[Language, str]] = {"es": "Un lead", "en": "A lead", "pt": "Um lead"}
_KINDS: Final[dict[Language, dict[Kind, str]]] = {
    "es": {
        "person_needed": "{name} necesita una persona",
        "draft_waiting": "Una respuesta para {name} espera tu aprobación",
        "failure": "El agente no pudo responder a {name}",
        "booking": "{name} tiene reunión: {when}",
        "meeting_moved": "{name} cambió su reunión: {when}",
        "meeting_cancelled": "{name} canceló su reunión: {when}",
        "hot_lead": "Lead caliente: {name}, {score}",
        "calendar_lost": "Google Calendar perdió el permiso: reconéctalo",
        "budget_reached": "El agente está en pausa: llegó al tope de hoy",
        "lead_received": "Nuevo lead: {name}",
        "webhook_failing": "Un webhook no recibe lo que le enviamos",
        "import_finished": "Terminó tu importación. Leads nuevos: {created}",
        "learned_answer": "El equipo respondió lo que el agente no sabía: revisa si lo aprende",
        "mention": "Te mencionaron en la ficha de {name}",
        "task_due": "Venció una tarea con {name}",
        "account_waiting": "Hay cuentas que esperan tu aprobación",
        "reset_asked": "Alguien olvidó su contraseña y espera un enlace",
        "password_reset": "La contraseña de tu cuenta se cambió con un enlace",
        "recovery_code_used": "Alguien entró a tu cuenta con un código de recuperación",
        "totp_reset": "Quitaron la verificación en dos pasos de tu cuenta",
        "codes_refused": "Alguien con tu contraseña falló el código de verificación",
    },
    "en": {
        "person_needed": "{name} needs a person",
        "draft_waiting": "A reply to {name} waits for your approval",
        "failure": "The agent could not answer {name}",
        "booking": "{name} has a meeting: {when}",
        "meeting_moved": "{name} moved their meeting: {when}",
        "meeting_cancelled": "{name} cancelled their meeting: {when}",
        "hot_lead": "Hot lead: {name}, {score}",
        "calendar_lost": "Google Calendar lost its permission: reconnect it",
        "budget_reached": "The agent is paused: it reached today's cap",
        "lead_received": "New lead: {name}",
        "webhook_failing": "A webhook is not taking what we send",
        "import_finished": "Your import is done. New leads: {created}",
        "learned_answer": "The team answered what the agent did not know: decide whether it learns it",
        "mention": "You were mentioned on {name}'s record",
        "task_due": "A task about {name} is due",
        "account_waiting": "Accounts are waiting for your approval",
        "reset_asked": "Somebody forgot their password and waits for a link",
        "password_reset": "Your account's password was changed by a link",
        "recovery_code_used": "Somebody signed in to your account with a recovery code",
        "totp_reset": "Two-step verification was removed from your account",
        "codes_refused": "Somebody with your password failed the verification code",
    },
    "pt": {
        "person_needed": "{name} precisa de uma pessoa",
        "draft_waiting": "Uma resposta para {name} espera a sua aprovação",
        "failure": "O agente não conseguiu responder a {name}",
        "booking": "{name} tem reunião: {when}",
        "meeting_moved": "{name} mudou a reunião: {when}",
        "meeting_cancelled": "{name} cancelou a reunião: {when}",
        "hot_lead": "Lead quente: {name}, {score}",
        "calendar_lost": "O Google Calendar perdeu a permissão: reconecte",
        "budget_reached": "O agente está em pausa: chegou ao limite de hoje",
        "lead_received": "Novo lead: {name}",
        "webhook_failing": "Um webhook não recebe o que enviamos",
        "import_finished": "Sua importação terminou. Leads novos: {created}",
        "learned_answer": "A equipe respondeu o que o agente não sabia: decida se ele aprende",
        "mention": "Você foi mencionado na ficha de {name}",
        "task_due": "Venceu uma tarefa com {name}",
        "account_waiting": "Há contas que esperam a sua aprovação",
        "reset_asked": "Alguém esqueceu a senha e espera um link",
        "password_reset": "A senha da sua conta foi trocada com um link",
        "recovery_code_used": "Alguém entrou na sua conta com um código de recuperação",
        "totp_reset": "A verificação em duas etapas da sua conta foi removida",
        "codes_refused": "Alguém com a sua senha errou o código de verificação",
    },
}
_CAUSES: Final[dict[Language, dict[Cause, str]]] = {
    "es": {
        "calendar_conflict": "La reunión de {name} cambió en Google",
        "blocked_message": "{name}: un mensaje fue bloqueado por seguridad",
        "audio_unheard": "{name} mandó un audio que no se pudo escuchar",
        "send_failed": "Un mensaje para {name} no se pudo enviar",
        "send_uncertain": "Un mensaje para {name} quizá no se envió",
    },
    "en": {
        "calendar_conflict": "The meeting of {name} changed in Google",
        "blocked_message": "{name}: a message was blocked for safety",
        "audio_unheard": "{name} sent a voice note that could not be heard",
        "send_failed": "A message to {name} could not be sent",
        "send_uncertain": "A message to {name} may not have been sent",
    },
    "pt": {
        "calendar_conflict": "A reunião de {name} mudou no Google",
        "blocked_message": "{name}: uma mensagem foi bloqueada por segurança",
        "audio_unheard": "{name} mandou um áudio que não pôde ser ouvido",
        "send_failed": "Uma mensagem para {name} não pôde ser enviada",
        "send_uncertain": "Uma mensagem para {name} talvez não tenha sido enviada",
    },
}


_PLACES: Final[dict[Kind, str]] = {
    "account_waiting": "/people",
    "reset_asked": "/people",
    "password_reset": "/sessions",
    "recovery_code_used": "/sessions",
    "totp_reset": "/sessions",
    "codes_refused": "/sessions",
    "booking": "/calendar",
    "meeting_moved": "/calendar",
    "meeting_cancelled": "/calendar",
    "calendar_lost": "/calendars",
    "learned_answer": "/knowledge",
    "budget_reached": "/studio?tab=model",
    "webhook_failing": "/webhooks",
    "import_finished": "/imports",
}


def say(facts: Facts) -> str:
    """One line."""
    words = _KINDS[facts.language][facts.kind]
    if facts.data.cause is not None:
        words = _CAUSES[facts.language].get(facts.data.cause, words)
    starts = facts.data.starts_at
    return words.format(
        name=_line(facts.lead_name or "") or SOMEBODY[facts.language],
        when=label_of(starts, facts.zone, facts.language) if starts else "",
        score=facts.data.score if facts.data.score is not None else "",
        created=facts.data.created if facts.data.created is not None else "",
    ).rstrip(" :,")


def path_of(kind: Kind, conversation_id: int | None, lead_id: int | None, import_id: int | None = None) -> str:
    """Where in the app it leads: the record that it is about, as the bell's own links do."""
    if kind == "import_finished" and import_id is not None:
        return f"/imports/{import_id}"
    if kind in _PLACES:
        return _PLACES[kind]
    if kind == "hot_lead" and lead_id is not None:
        return f"/leads/{lead_id}"
    if conversation_id is not None:
        return f"/inbox/{conversation_id}"
    return "/inbox" if lead_id is None else f"/leads/{lead_id}"


def _line(text: str) -> str:
    return " ".join(text.split())
