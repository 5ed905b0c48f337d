"""The words of claims in Spanish, Portuguese and English, as `orchestrator_service.chat.claims` reads them.

Lower case with accents: `reservé` is a claim and `reserve` is a wish.
"""

import re
from typing import Literal

ActionKind = Literal["booked", "confirmed", "cancelled", "rescheduled"]


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)")


_MEETING = (
    r"(?:reuni[oó]n|cita|turno|llamada|visita|demo|horario|hora|lugar|reuni[aã]o|consulta|agendamento|hor[aá]rio|"
    r"meeting|appointment|call|booking|slot|visit|session|sesión|sessão)"
)
_YOUR = r"(?:la|el|tu|su|a|o|sua|seu|tua|teu|your|the|that|our|nuestra|nossa)"
_DAYS = (
    r"(?:lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|segunda|terça|quarta|quinta|sexta|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mañana|amanhã|tomorrow)"
)

CLAIMS: tuple[tuple[ActionKind, re.Pattern[str]], ...] = (
    (
        "booked",
        _words(
            r"(?:agendad|reservad|programad|apartad|marcad)[oa]s?",
            r"(?:reservé|agendé|programé|aparté|separé|bloqueé|anoté|agendei|marquei|reservei)",
            r"(?:te|le|la|lo|ya|os|hemos|já|se) (?:agendamos|reservamos|programamos|apartamos|marcamos|anotamos)",
            r"se (?:agendó|reservó|programó)",
            r"(?:te|le) (?:la |lo )?(?:agendo|reservo)",
            r"(?:booked|scheduled|reserved|penciled|pencilled)",
            rf"(?:set up|arranged|locked in) {_YOUR} {_MEETING}",
            r"(?:you're|you are|we're|we are|all) (?:all )?set for",
            rf"(?:ya )?(?:tienes|tenés|tiene) (?:tu|una|su|la) {_MEETING} (?:el|para|de)",
            rf"(?:nos vemos|te esperamos|te espero|see you|we'll see you)(?: on| el| este| next| na| no)? {_DAYS}",
        ),
    ),
    (
        "confirmed",
        _words(
            r"confirmad[oa]s?",
            r"confirmed",
            rf"(?:te |le |lhe )?(?:confirmo|confirmamos|confirmei|confirmé) {_YOUR} {_MEETING}",
            r"(?:ya )?(?:la |lo )(?:confirmé|confirmei)",
            r"se confirmó",
        ),
    ),
    (
        "cancelled",
        _words(
            r"(?:cancelad|anulad|desmarcad)[oa]s?",
            r"(?:cancelé|anulé|cancelei|desmarquei|cancelled|canceled|called off)",
            r"se (?:canceló|anuló)",
            r"(?:te |la |lo |hemos |ya |já )(?:cancelamos|anulamos)",
        ),
    ),
    (
        "rescheduled",
        _words(
            r"(?:reprogramad|reagendad|remarcad)[oa]s?",
            r"(?:reprogramé|reagendé|reagendei|remarquei|rescheduled|re-scheduled)",
            r"se (?:reprogramó|reagendó)",
            rf"(?:moví|cambié|pasé|corrí|mudei|movi|troquei|passei) {_YOUR} {_MEETING}",
            rf"(?:moved|changed|pushed|switched) {_YOUR} {_MEETING}",
            rf"{_MEETING} (?:has been|was|is) moved",
            rf"{_MEETING} (?:fue|ha sido|quedó) (?:movid|cambiad)[oa]",
        ),
    ),
)

# Said before a claim's words in its clause, these take the claim back.
GUARD = _words(
    # negation
    r"no(?! (?:dia|horário|sábado|domingo|nosso|seu|link|google|zoom|local|hay problema|te preocupes|worries|problem))",
    r"não", r"nao", r"not", r"never", r"nunca", r"jamás", r"ni", r"nem", r"sin", r"sem", r"without", r"\w+n't",
    r"ningun[ao]?", r"ningún", r"nenhuma?", r"nada", r"cannot", r"tampoco", r"nothing", r"none", r"falta",
    r"almost", r"casi", r"quase", r"pendiente de", r"pendente de", r"todavía sin", r"aún sin",
    # possibility, wish and offer
    r"pued[oea]s?", r"pueda[ns]?", r"pod[eé]s", r"podemos", r"pueden", r"podr\w+", r"posso", r"pode", r"podem",
    r"poderia", r"can", r"could", r"may(?! \d)", r"might", r"would", r"should", r"must", r"quier[eoa]s?",
    r"querés", r"quer", r"queira", r"quieren", r"gustar\w+", r"gostaria\w*", r"deseas?", r"deseja",
    r"necesit\w+", r"precis\w+", r"debe[ns]?", r"deve", r"want", r"wants", r"need", r"needs", r"like",
    r"let me", r"let's", r"prefier\w+", r"prefere", r"ojalá", r"espero que", r"tomara que", r"hope", r"hoping",
    r"dej[ae]r?l[ao]s?", r"deixar", r"dejarte", r"tener", r"ter", r"ser", r"estar", r"quedar", r"ficar", r"be",
    r"to get", r"get you", r"para que", r"solicitar\w*", r"please",
    # future
    r"will", r"\w+'ll", r"shall", r"going to", r"voy a", r"va a", r"vamos a", r"vas a", r"vou", r"vai",
    r"vamos", r"será\w*", r"quedará\w*", r"estará\w*", r"ficará\w*", r"estaría", r"quedaría", r"ficaria",
    r"estaria", r"sería", r"seria", r"esté", r"estén", r"quede", r"queden", r"esteja", r"fique", r"sea",
    r"seja",
    # condition and time to come
    r"cuando", r"quando", r"when", r"once", r"una vez", r"uma vez", r"apenas", r"en cuanto", r"assim que",
    r"as soon as", r"hasta (?:que|no)", r"até (?:que|você)", r"until", r"unless",
    r"caso (?:você|queira|prefira|precise|confirme)", r"(?:en|em) caso de", r"antes de", r"before",
    r"después de", r"depois de", r"depois que", r"after", r"if", r"whether", r"luego de", r"tras",
)  # fmt: skip

# Anywhere in a clause: the whole clause depends on something.
CONDITION = re.compile(
    r"\bsi (?=\w)|\b(?:if|when|once|unless|as soon as|cuando|quando|una vez que|en cuanto|assim que|apenas)\b"
    r"|\bcaso (?:você|voce|queira|prefira|precise)\b"
    r"|(?:^|\s)se (?:você|voce|o senhor|a senhora|quiser|puder|preferir|estiver|tiver|for|confirmar|precisar|desejar|"
    r"isso|me)\b"
)

# A question in a language that opens it without a sign.
INTERROGATIVE = re.compile(
    r"(?:and |or |so |ok |e |então )?(?:do|does|did|have|has|is|are|was|were|shall|should|can|could|would|will|may|"
    r"want|what|when|which|where|who|how|quer|posso|podemos|pode|gostaria|você|qual|quais|como|que|o que|onde|"
    r"te parece|prefere)\b"
)

# A slot that somebody else holds is booked, and says nothing about this customer...
TAKEN = re.compile(
    r"\b(?:ese|este|esse|aquel|that|this|esa|essa|ningún|todos los|el|o|the) "
    r"(?:horario|hora|turno|slot|time|espacio|horário|día|dia|day)s?"
    r"(?: \S+){0,5} (?:ya|já|already|todo|fully|completamente)\b"
    r"|\bfully booked\b|\balready booked (?:by|up|out)\b|\bbooked (?:up|out|solid)\b"
    r"|\b(?:otra persona|otro cliente|outra pessoa|outro cliente|someone else|another (?:customer|client|person))\b"
)
# ...unless it is said to be theirs.
FOR_YOU = re.compile(
    r"\b(?:para (?:ti|vos|usted|você|voce)|(?:a|em) (?:tu|su|seu) (?:nombre|nome)|for you|in your name)\b"
)

# A payment or an order is confirmed by no meeting.
MONEY_MATTERS = re.compile(
    r"\b(?:tu|su|el|sua|seu|o|your|the) (?:pago|compra|pedido|transferencia|pagamento|transferência|payment|purchase|"
    r"order|descuento|desconto|discount|reembolso|refund)\b"
)

MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|janeiro|fevereiro|"
    "março|maio|junho|julho|setembro|outubro|novembro|dezembro|january|february|march|april|may|june|july|august|"
    "september|october|november|december"
)

# Name -> `datetime.weekday()`.
WEEKDAYS = {
    "lunes": 0, "martes": 1, "miércoles": 2, "miercoles": 2, "jueves": 3, "viernes": 4, "sábado": 5, "sabado": 5,
    "domingo": 6, "segunda": 0, "segunda-feira": 0, "terça": 1, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

# After `segunda`, `quarta` …, these make an ordinal of what would be a weekday in Portuguese.
ORDINAL_OF = r"reuni|cita|llamada|sesi|sess|visita|vez|opci|demo|parte|ligaç|consulta|clase|aula"
