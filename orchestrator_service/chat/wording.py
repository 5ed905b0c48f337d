"""The fixed texts of a turn that no model writes. Spanish speaks in tú."""

from __future__ import annotations

from typing import Final

BLOCKED: Final = {
    "es": "Gracias por escribir. No puedo ayudarte con eso por aquí; una persona del equipo va a leer tu mensaje.",
    "en": "Thanks for writing. I can't help with that here; someone from the team will read your message.",
    "pt": "Obrigado por escrever. Não posso ajudar com isso por aqui; uma pessoa da equipe vai ler a sua mensagem.",
}

HOLDING: Final = {
    "es": "Gracias por escribir. Estoy revisándolo con el equipo y te respondemos en un momento.",
    "en": "Thanks for writing. I'm checking this with the team and we'll get back to you in a moment.",
    "pt": "Obrigado por escrever. Estou verificando com a equipe e já respondemos.",
}

LEFT_TO_PEOPLE: Final = {
    "es": "Gracias por escribir. Una persona del equipo va a seguir contigo por aquí.",
    "en": "Thanks for writing. Someone from the team will take it from here.",
    "pt": "Obrigado por escrever. Uma pessoa da equipe vai continuar com você por aqui.",
}

UNHEARD: Final = {
    "es": "No pude escuchar tu audio. Una persona del equipo lo va a oír; si puedes, escríbeme lo que necesitas.",
    "en": "I couldn't listen to your voice note. Someone from the team will hear it; if you can, write to me.",
    "pt": "Não consegui ouvir o seu áudio. Uma pessoa da equipe vai escutá-lo; se puder, escreva para mim.",
}

DISCLOSURE: Final = {
    "es": "Soy {agent}, asistente virtual de {company}.",
    "en": "I'm {agent}, the virtual assistant of {company}.",
    "pt": "Sou {agent}, assistente virtual de {company}.",
}

CHOOSE: Final = {"es": "Ver horarios", "en": "See times", "pt": "Ver horários"}


BOOKED: Final = {
    "es": "¡Listo! Tu reunión con {seller} quedó confirmada: {label}.",
    "en": "All set! Your meeting with {seller} is confirmed: {label}.",
    "pt": "Pronto! Sua reunião com {seller} está confirmada: {label}.",
}

NOT_BOOKED: Final = {
    "es": "Lo siento, no pude confirmar el horario del {label} en la agenda de {seller}. ¿Te busco otro?",
    "en": "I'm sorry, I couldn't confirm {label} in {seller}'s calendar. Shall I look for another time?",
    "pt": "Sinto muito, não consegui confirmar {label} na agenda de {seller}. Procuro outro horário?",
}

MOVED: Final = {
    "es": "¡Listo! Tu reunión con {seller} pasó al {label}.",
    "en": "All set! Your meeting with {seller} is now on {label}.",
    "pt": "Pronto! Sua reunião com {seller} passou para {label}.",
}

NOT_MOVED: Final = {
    "es": "Lo siento, no pude mover tu reunión con {seller}: sigue el {label}. ¿Te busco otro horario?",
    "en": "I'm sorry, I couldn't move your meeting with {seller}: it stays on {label}. Shall I look for another time?",
    "pt": "Sinto muito, não consegui mudar sua reunião com {seller}: continua {label}. Procuro outro horário?",
}


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in a language, in Spanish where we do not speak it."""
    return texts.get(language, texts["es"])
