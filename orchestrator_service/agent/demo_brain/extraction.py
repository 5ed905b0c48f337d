"""Facts a customer states about themselves: name, e-mail, need, budget, timeline and who decides, in their words.

Only letters make a name, and every fact is cut short: what is stored or repeated never carries a customer's commands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.folding import clause_at, composed, fold
from orchestrator_service.agent.demo_brain.names import bare_name, stated_name
from orchestrator_service.agent.demo_brain.spelling import lenient

MAX_FACT = 120

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NEED = re.compile(
    lenient(
        r"\b(?:necesito|necesitamos|ocupo|ocupamos|me urge|nos urge|busco|buscamos|ando buscando|"
        r"estoy buscando|estamos buscando|me hace falta|nos hace falta|"
        r"quiero|queremos|quisiera|me gustaria"
        r"|i need|we need|need|looking for|searching for|i want|we want|i'd like|i would like|struggling with"
        r"|preciso|precisamos|procuro|procuramos|estou procurando|estamos procurando|quero|queria|gostaria)"
        r"(?: de| to)? (?P<need>[^.,;:!?¡¿\n]{4,200})"
    )
)
_DENIED = re.compile(r"\b(?:no|nao|not|don't)\s+$")
_TROUBLE = re.compile(
    r"\b(?P<need>(?:tengo|tenemos|tenho|temos|have|having) (?:un |um |a |some |muchos |muitos )?(?:problemas?|"
    r"problems?|trouble|issues) [^.,;:!?¡¿\n]{3,160}"
    r"|se (?:me|nos) (?:pierden|escapan|olvidan|complica)[^.,;:!?¡¿\n]{3,160})"
)
_NOT_A_NEED = re.compile(
    r"^(?:mas |more |mais |some |a |una |un |uma |um |la |el |o |que me |recibir |receive |de )*(?:info\w*|"
    r"informac\w+|detail\w*|detalles?|detalhes?|saber|know|conocer|hablar|falar|conversar|talk|speak|chat|"
    r"reunion\w*|reuniao|meeting|call|llamada|cita|demo\b|agend\w+|reserv\w+|book\w*|schedul\w+|marcar|"
    r"coordinar|meet|persona|pessoa|person|human\w*|asesor\w*|"
    r"precios?|precos?|prices?|cotizac\w+|quote|buy|comprar|contratar|start|empezar|comecar|nada|nothing|"
    r"cancel\w*|reprogram\w*|remarcar|cambiar|mover|"
    r"primer\w*|primeir\w*|segund\w*|tercer\w*|first|second|third|ultim\w*|last|horarios?|hora|time|pensar\w*|"
    r"think|alg[ou](?:ma coisa)?(?! (?:para|pra|que|como|de)\b)|something(?! (?:to|for|that|like)\b)|"
    r"ayuda(?! (?:con|para)\b)|help(?! (?:with|to)\b)|ajuda(?! (?:com|para)\b)|it|this|that|eso|esto|isso|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|hoy|tomorrow|today|amanha|hoje|las \d|\d)\b"
)
_NO_ANSWER = re.compile(
    r"[?@¿]|^\W*(?:hola|buen|hi\b|hello|oi\b|ola\b|bom|boa|good|no\b|nao\b|not\b|i don't|gracias|thank|obrigad"
    r"|(?:tengo|tenemos|tenho|temos|i have|we have|i run|we run) (?:una?|uma?|an?)\b)"
    r"|\b(?:interesa\w*|interested|interesse|decid\w+)\b"
)
_TAIL = re.compile(
    r"\s+(?:esta semana|este mes|hoy(?: mismo)?|cuanto antes|lo antes posible|urgente(?:mente)?|ya mismo|"
    r"this (?:week|month)|asap|today|right away|"
    r"essa semana|este mes|o quanto antes|hoje|por favor|please|porfa|(?:y|e|and|pero|but|mas) (?:quiero|"
    r"quisiera|me|mi|soy|sou|i|tengo|necesito|preciso|quero|gostaria|puedo|can)\b.*"
    r"|para (?:el|la|este|esta|manana|hoy) .*)$"
)
_AMOUNT = re.compile(
    r"(?:(?:us\$|r\$|usd|eur|\$|€)\s?\d[\d.,]{0,12}(?:\s?(?:k|mil|millones|milhoes))?\b|"
    r"\b\d[\d.,]{0,12}\s?(?:k\b|mil\b)?\s?(?:dolares|pesos|soles|euros|reais|usd|dollars|bucks|eur)\b)"
)
_BUDGET = re.compile(
    r"\b(?:presupuesto|budget|orcamento)\b[^.;!?\n]{0,20}\d[\d.,]{0,12}(?:\s?(?:k|mil|dolares|pesos|reais|usd))?"
)
_TIMELINE = re.compile(
    r"\b(?:(?:para |en |dentro de )?(?:esta|la proxima|la otra) semana|la semana que viene|este mes|"
    r"el (?:mes que viene|proximo mes)|(?:para )?fin de (?:mes|ano)|hoy mismo|ya mismo|cuanto antes|"
    r"lo antes posible|urgente(?:mente)?|en \d{1,2} (?:dias|semanas|meses)"
    r"|(?:this|next) (?:week|month|quarter)|asap|as soon as possible|right away|urgent(?:ly)?|"
    r"in \d{1,2} (?:days|weeks|months)|by the end of the (?:month|year)"
    r"|(?:essa|nesta|na proxima) semana|semana que vem|este mes|esse mes|mes que vem|hoje mesmo|o quanto antes|"
    r"o mais rapido possivel|em \d{1,2} (?:dias|semanas|meses))\b"
)
_DECIDES = re.compile(
    r"\b(?:(?:yo |eu )?decid[oe](?: yo| eu)?|soy (?:el |la )?(?:duen[oa]|propietari[oa]|gerente|director[a]?|"
    r"fundador[a]?|soci[oa]|ceo|encargad[oa])|la decision es mia|(?:lo )?decide mi \w+|tengo que (?:consultarlo|"
    r"hablarlo|verlo) con mi \w+"
    r"|(?:i'?m|i am) (?:the |a )?(?:co-?)?(?:owner|founder|ceo|director|manager|partner|decision maker)|"
    r"i decide|i make the decisions?|my (?:boss|partner|manager) decides"
    r"|sou (?:o |a )?(?:don[oa]|proprietari[oa]|gerente|diretor[a]?|fundador[a]?|soci[oa]|ceo)|"
    r"a decisao e minha|quem decide e \w+(?: \w+)?)\b"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the customer stated; None where nothing was said. All but `name` and `email` are quotes."""

    name: str | None = None
    email: str | None = None
    need: str | None = None
    budget: str | None = None
    timeline: str | None = None
    decision_maker: str | None = None


def extract(lines: Sequence[str], *, asked_name: bool = False, asked_need: bool = False) -> Facts:
    """The facts in these lines, the latest statement of each winning.

    `asked_name` and `asked_need` say that the agent's last message asked for them: then a bare answer counts.
    """
    texts = [composed(line) for line in lines]
    stated = [_facts(text) for text in texts]
    name = _last([facts.name for facts in stated])
    need = _last([facts.need for facts in stated])
    if name is None and asked_name:
        name = _last([bare_name(text) for text in texts])
    if need is None and asked_need:
        need = _last([_bare_need(text) for text in texts if bare_name(text) is None or not asked_name])
    return Facts(
        name,
        _last([facts.email for facts in stated]),
        need,
        _last([facts.budget for facts in stated]),
        _last([facts.timeline for facts in stated]),
        _last([facts.decision_maker for facts in stated]),
    )


def _facts(text: str) -> Facts:
    folded = fold(text)
    email = _EMAIL.search(text)
    budget = None if "?" in text else _BUDGET.search(folded) or _AMOUNT.search(folded)
    timeline = _TIMELINE.search(folded)
    decides = _DECIDES.search(folded)
    return Facts(
        name=stated_name(text),
        email=email[0].rstrip(".-") if email else None,
        need=_need(text, folded),
        budget=_cut(text, budget.span()) if budget else None,
        timeline=_cut(text, timeline.span()) if timeline else None,
        decision_maker=clause_at(text, decides.start())[:MAX_FACT] if decides else None,
    )


def _need(text: str, folded: str) -> str | None:
    for found in _NEED.finditer(folded):
        start, end = found.span("need")
        inner = _NEED.search(folded, start, end)
        if inner and _NOT_A_NEED.match(folded, start, end):
            start, end = inner.span("need")
        if not _NOT_A_NEED.match(folded[start:end]) and not _DENIED.search(folded, 0, found.start()):
            return _trimmed(text, folded, start, end)
    if found := _TROUBLE.search(folded):
        return _trimmed(text, folded, *found.span("need"))
    return None


def _trimmed(text: str, folded: str, start: int, end: int) -> str | None:
    tail = _TAIL.search(folded[start:end])
    kept = text[start : start + tail.start()] if tail else text[start:end]
    return kept.strip()[:MAX_FACT] or None


def _bare_need(text: str) -> str | None:
    """A plain answer to "what would you like to solve?": two words or more, no question, no greeting, no "no"."""
    folded = fold(text)
    plain = len(text.split()) > 1 and not (_NO_ANSWER.search(folded) or _NOT_A_NEED.match(folded))
    return text.strip()[:MAX_FACT] if plain else None


def _cut(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].strip()[:MAX_FACT]


def _last(values: Sequence[str | None]) -> str | None:
    return next((value for value in reversed(values) if value is not None), None)
