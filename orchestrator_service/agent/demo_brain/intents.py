"""What a message asks for, apart from interest and dates: plain patterns over folded text in es, en and pt."""

import re
from dataclasses import dataclass

from core.folding import fold
from orchestrator_service.agent.demo_brain.distress import ANGRY, MINOR

_HUMAN = (
    r"una? (?:persona|human[oa])|alguien(?: (?:real|del equipo|de verdad))?|(?:un )?(?:asesor|agente|vendedor|"
    r"representante)a? (?:real|human[oa]|de verdad)"
    r"|persona (?:real|humana)"
)
_PERSON = re.compile(
    rf"\b(?:hablar|hable|comunicar\w*|pasame|paseme|pasas|pasar|contactar\w*|atienda|atender|comunicame)"
    rf"(?: \w+){{0,2}} (?:{_HUMAN})\b|\b(?:persona|asesora?|agente|vendedora?) (?:real|human[oa])\b"
    r"|(?<!eres )(?<!sos )\bun humano\b|\b(?:quiero|necesito|prefiero) una persona\W*$"
    r"|\b(?:talk|speak|chat|connect me|transfer me|pass me)(?: (?:to|with))? (?:an? )?(?:actual |real |"
    r"live )?(?:human|person|someone|somebody)\b"
    r"|\b(?:real|human|live) (?:person|human|agent|advisor|representative)\b|(?<!you )(?<!this )\ba human\b"
    r"|\b(?:falar|conversar|me passa|passar?|atendido)(?: \w+)? (?:uma pessoa|um humano|alguem|(?:um |"
    r"uma )?atendente|(?:um )?(?:consultor|agente|vendedor) (?:real|humano))\b"
    r"|\b(?:pessoa|consultora?|atendente|agente) (?:real|human[oa]|de verdade)\b|\batendimento humano\b"
)
_PRICE = re.compile(
    r"\b(?:cuanto (?:cuesta|cuestan|sale|vale|cobran|es|seria|me sale)|precios?|tarifas?|costos?|"
    r"que valor tiene|planes|"
    r"how much|prices?|pricing|costs?|quote|rates|quanto (?:custa|custam|fica|sai|e|seria|voces cobram)|precos?|"
    r"valores|planos)\b"
)
_WHAT = re.compile(
    r"\b(?:info|informacion|de que se trata|que (?:hacen|ofrecen|es)|como funciona|mas detalles|information|details|"
    r"what (?:do you (?:do|offer)|is (?:it|this))|how does (?:it|this) work|tell me more|informacoes|informacao|"
    r"o que voces (?:fazem|oferecem)|detalhes)\b"
)
_BOT = re.compile(
    r"\b(?:eres|sos|es|hablo con) (?:un |una )?(?:bot|robot|maquina|ia|inteligencia artificial)\b|\b(?:are you|"
    r"is this) (?:a |an )?(?:bot|robot|ai|machine|human|real)\b"
    r"|\bvoce e (?:um |uma )?(?:bot|robo|maquina|ia|humano)\b"
)
_OTHER_TIMES = re.compile(
    r"\b(?:otr[oa]s? (?:horarios?|dias?|opcion(?:es)?|fechas?|hora)|ningun[oa]?|no (?:me|nos) (?:sirven?|"
    r"quedan?|va)|no puedo (?:en )?es[oe]s?|mas opciones|tienes algo"
    r"|other (?:times?|days?|options?|dates?)|another (?:time|day|option)|none of (?:them|those|these)|"
    r"doesn'?t work|don'?t work|anything else"
    r"|outr[oa]s? (?:horarios?|dias?|opc(?:ao|oes)|datas?)|nenhum[a]?|nao (?:da|serve|posso)|mais opcoes)\b"
)
_CANCEL = re.compile(
    r"\b(?:cancel(?!ad|id|lat|ac)(?!l?ed (?:my|our|on) )\w*|anul(?:ar?|e|en|as|ame|amela|arla|emos)|"
    r"(?:desmarc|desmarqu)\w+|call (?:it|the meeting) off|dar de baja (?:la|mi) (?:reunion|cita))\b"
)
_MOVE = re.compile(
    r"\b(?:reprogram\w+|reagend\w+|(?:pospon|posterg|aplaz|adelant)(?:er|ar|a|as|amos|emos|gamos|arla|erla|ala|amela)|"
    r"(?:cambi|muev|mov|mud|pas|corr)(?:ar|er|ir|o|e|a|as|es|an|en|amos|emos|ame|eme|amela|emela|arme|erme|arnos|ala|ela)"
    r"(?:me|nos)? (?:de |el |la |mi |nuestra |a |o |minha |nossa )*"
    r"(?:reunion|cita|turno|llamada|fecha|hora|horario|dia|reuniao|data|conversa)|"
    r"(?:pas|mov|cambi)(?:ar|er|a|e)la (?:para|a|al)|"
    r"re-?schedul\w+|(?:move|change|push|shift) (?:the |my |our )?(?:meeting|call|appointment|time|date|day)|"
    r"postpone|(?:another|different) (?:day|time) for (?:my|our|the) (?:meeting|call)|"
    r"remarc\w+|adi(?:ar|a|amos)|"
    r"(?:no|nao) (?:voy a poder|puedo|podre|vou poder|posso|consigo|vou conseguir) "
    r"(?:ir|asistir|llegar|estar|conectarme|comparecer|participar)|"
    r"(?:can'?t|cannot|won'?t be able to|unable to) (?:make it|come|attend|join))\b"
)
_THANKS = re.compile(
    r"^\W*(?:(?:muchas |mil )?gracias|thanks?(?: you)?(?: (?:so|very) much)?|(?:muito )?obrigad[oa]|ok|okay|"
    r"dale|listo|perfecto|genial|great|perfect|beleza|valeu|de nada|nos vemos|see you|ate (?:la|logo)|chau|"
    r"adios|bye|tchau|[\s,.!])+\W*$"
)
_YES = re.compile(
    r"^\W*(?:si+|sip|sii+|claro|dale|ok|oki|okey|okay|perfecto|de acuerdo|vale|venga|es[ea]|"
    r"me (?:sirve|queda (?:bien|perfecto)|viene (?:bien|barbaro|perfecto)|va bien|parece bien)|bueno|buenisimo|barbaro|"
    r"listo|confirmo|confirmado|reserval[oa]|agendal[oa]|agendame|de una|hagale|sale|va|orale|arre|simon|joya|"
    r"por supuesto|genial|excelente|"
    r"yes|yep|yup|yeah|sure|that (?:one|works)|works for me|sounds good|perfect|great|please do|book it|"
    r"absolutely|of course|deal|go for it|let'?s do it|"
    r"sim|isso|ess[ea]|pode ser|pode marcar|combinado|fechado|beleza|blz|perfeito|otimo|confirmado|bora|claro|"
    r"com certeza|ta bom|ta otimo|show)\b(?! (?:que|a las|de (?:la|los)) )"
)
_YES_AFTER = re.compile(r"\b(?:no|not|nao|pero|but|mas)\b")
_QUESTION = re.compile(r"¿\s*\w{2}|\w{2}\W{0,9}\?")
_SMALL_TALK = re.compile(
    r"\b(?:como (?:estas?|va|vai|voce esta|andas?)|que tal|todo bien|tudo (?:bem|bom)|how are you|how's it going)\b"
)
_OWN_MEETING = re.compile(
    r"\b(?:reunion|cita|llamada|reuniao|meeting|call|appointment|cuando|quando|when|a que hora|que horas|what time)\b"
)
_ASKS_WHETHER = re.compile(
    r"\b(?:tienes|tienen|hay|habra|do you have|is there|are there|any(?:thing)?|tem|teria|voces tem|algun[oa]?|algo)\b"
)


@dataclass(frozen=True, slots=True)
class Intents:
    """Which of the known requests one burst holds."""

    person: bool
    price: bool
    what: bool
    bot: bool
    other_times: bool
    cancel: bool
    move: bool
    thanks: bool
    yes: bool
    asks_whether: bool
    question: bool
    own_meeting: bool
    minor: bool
    angry: bool


def read_intents(text: str) -> Intents:
    """The requests in the joined burst; several may hold at once."""
    folded = fold(text)
    return Intents(
        person=bool(_PERSON.search(folded)),
        price=bool(_PRICE.search(folded)),
        what=bool(_WHAT.search(folded)),
        bot=bool(_BOT.search(folded)),
        other_times=bool(_OTHER_TIMES.search(folded)),
        cancel=bool(_CANCEL.search(folded)),
        move=bool(_MOVE.search(folded)),
        thanks=bool(_THANKS.match(folded)),
        yes=bool(_YES.match(folded)) and not _YES_AFTER.search(folded),
        asks_whether=bool(_ASKS_WHETHER.search(folded)),
        question=bool(_QUESTION.search(folded)) and not _SMALL_TALK.search(folded),
        own_meeting=bool(_OWN_MEETING.search(folded)),
        minor=bool(MINOR.search(folded)),
        angry=bool(ANGRY.search(folded)),
    )
