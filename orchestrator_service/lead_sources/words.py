"""A form's page in three languages, always «tú» in Spanish (UI.md §6). What the company writes itself is not here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from orchestrator_service.lead_sources.models import Language

Note = Literal["wait", "expired", "fix"]
Fault = Literal["missing", "phone", "email", "consent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`{…}` are filled by the page."""

    send: str
    optional: str
    choose: str
    leave_empty: str
    thanks_title: str
    thanks: str
    whatsapp: str
    hello: str
    closed_title: str
    closed: str
    slow_title: str
    slow: str
    notes: dict[Note, str]
    faults: dict[Fault, str]


WORDS: Final[dict[Language, Words]] = {
    "es": Words(
        send="Enviar",
        optional="opcional",
        choose="Elige una opción",
        leave_empty="Deja este campo vacío",
        thanks_title="¡Gracias!",
        thanks="Recibimos tus datos. Te escribimos muy pronto.",
        whatsapp="Escríbenos por WhatsApp",
        hello="Hola, acabo de completar el formulario «{form}».",
        closed_title="Este formulario no está disponible",
        closed="Puede que ya no se use o que el enlace esté incompleto.",
        slow_title="Demasiados intentos",
        slow="Espera un minuto y prueba de nuevo.",
        notes={
            "wait": "Fue muy rápido: revisa tus datos y envía otra vez.",
            "expired": "La página estuvo abierta mucho tiempo. Revisa tus datos y envía otra vez.",
            "fix": "Falta corregir algo antes de enviar.",
        },
        faults={
            "missing": "Completa este campo.",
            "phone": "Escribe un teléfono con su código de área.",
            "email": "Escribe un correo como nombre@ejemplo.com.",
            "consent": "Marca la casilla para poder enviarlo.",
        },
    ),
    "en": Words(
        send="Send",
        optional="optional",
        choose="Choose an option",
        leave_empty="Leave this field empty",
        thanks_title="Thank you!",
        thanks="We have your details and will write to you very soon.",
        whatsapp="Message us on WhatsApp",
        hello="Hi, I have just filled in the form “{form}”.",
        closed_title="This form is not available",
        closed="It may no longer be in use, or the link may be incomplete.",
        slow_title="Too many tries",
        slow="Wait a minute and try again.",
        notes={
            "wait": "That was very fast: check your details and send again.",
            "expired": "The page was open for a long time. Check your details and send again.",
            "fix": "Something has to be corrected before it can be sent.",
        },
        faults={
            "missing": "Fill in this field.",
            "phone": "Write a phone number with its area code.",
            "email": "Write an e-mail like name@example.com.",
            "consent": "Tick the box to be able to send.",
        },
    ),
    "pt": Words(
        send="Enviar",
        optional="opcional",
        choose="Escolha uma opção",
        leave_empty="Deixe este campo vazio",
        thanks_title="Obrigado!",
        thanks="Recebemos seus dados. Logo escrevemos para você.",
        whatsapp="Escreva para nós no WhatsApp",
        hello="Olá, acabei de preencher o formulário “{form}”.",
        closed_title="Este formulário não está disponível",
        closed="Ele pode não estar mais em uso, ou o link pode estar incompleto.",
        slow_title="Tentativas demais",
        slow="Espere um minuto e tente de novo.",
        notes={
            "wait": "Foi rápido demais: confira seus dados e envie de novo.",
            "expired": "A página ficou aberta por muito tempo. Confira seus dados e envie de novo.",
            "fix": "É preciso corrigir algo antes de enviar.",
        },
        faults={
            "missing": "Preencha este campo.",
            "phone": "Escreva um telefone com o código de área.",
            "email": "Escreva um e-mail como nome@exemplo.com.",
            "consent": "Marque a caixa para poder enviar.",
        },
    ),
}
