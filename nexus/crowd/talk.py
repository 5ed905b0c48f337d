"""What the crowd and its companies write to each other: `>` is the person, `<` the agent, `=` somebody of the team."""

from __future__ import annotations

from typing import Final

TALKS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "es": (
        (
            ">Hola, buenas. {need}, ¿ustedes hacen eso?",
            "<¡Hola, {name}! Sí, con eso ayudamos. ¿Cuántas personas trabajan con ustedes?",
            ">somos tres más la recepción",
            "<Perfecto. ¿Prefieres que te llame alguien del equipo por la mañana o por la tarde?",
            ">por la tarde mejor",
        ),
        (
            ">Quería saber el precio",
            "<¡Hola, {name}! Depende del tamaño del equipo. ¿Me cuentas qué buscas?",
            ">{need}",
            "=Hola {name}, te paso la propuesta hoy mismo.",
            ">gracias, quedo a la espera",
            "=Ahí va. Cualquier duda me escribes por acá.",
        ),
        (
            ">Vi el aviso. {need}",
            "<¡Hola, {name}! Te cuento cómo lo resolvemos. ¿Tienes cinco minutos ahora?",
            ">ahora no",
        ),
    ),
    "pt": (
        (
            ">Oi, boa tarde. {need}, vocês fazem isso?",
            "<Oi, {name}! Sim, é com isso que ajudamos. Quantas pessoas trabalham aí?",
            ">somos quatro",
            "<Perfeito. Prefere que alguém ligue de manhã ou à tarde?",
            ">de manhã, por favor",
        ),
        (
            ">Queria saber o valor",
            "<Oi, {name}! Depende do tamanho da equipe. Pode me contar o que procura?",
            ">{need}",
            "=Oi {name}, envio a proposta ainda hoje.",
            ">obrigado, fico no aguardo",
            "=Segue. Qualquer dúvida é só chamar.",
        ),
        (">Vi o anúncio. {need}", "<Oi, {name}! Posso explicar como funciona. Tem cinco minutos?", ">agora não"),
    ),
    "en": (
        (
            ">Hi there. {need}: is that something you do?",
            "<Hi {name}! Yes, that is what we help with. How many people work with you?",
            ">three of us and the front desk",
            "<Great. Would you rather get a call in the morning or in the afternoon?",
            ">afternoon works",
        ),
        (
            ">How much is it?",
            "<Hi {name}! It depends on the size of the team. What are you looking for?",
            ">{need}",
            "=Hi {name}, you will have the proposal today.",
            ">thanks, I will wait for it",
            "=Here it is. Write me here if anything is unclear.",
        ),
        (
            ">I saw the ad. {need}",
            "<Hi {name}! I can show you how it works. Do you have five minutes?",
            ">not right now",
        ),
    ),
}
MOST_LINES: Final = max(len(talk) for talks in TALKS.values() for talk in talks)
