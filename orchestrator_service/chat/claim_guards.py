"""What takes a claim back: negation, wish, offer, future, condition, somebody else's booking, the customer's own words.

Read by `orchestrator_service.chat.claims`; `claim_words.py` has the claims themselves.
"""

import re

from orchestrator_service.chat.claim_words import words as _words

# Within a few words before a claim, these deny it...
NEGATION = _words(
    r"no(?! (?:longer|existe|va\b|dia|horário|sábado|domingo|nosso|seu|link|google|zoom|local|calendário|próximo|"
    r"mesmo|nome|sistema|fim|"
    r"hay problema|te preocupes|worries|problem|dudes))",
    r"não(?! (?:se preocupe|tem problema))", r"nao", r"not", r"never", r"nunca", r"jamás", r"ni", r"nem", r"sin(?! "
    r"efecto)", r"sem(?! efeito)",
    r"without", r"\w+n't", r"ningun[ao]?", r"ningún", r"nenhuma?", r"nada", r"cannot", r"tampoco", r"nothing",
    r"none",
    r"falta", r"almost", r"casi", r"quase", r"pendiente de", r"pendente de", r"todavía sin", r"aún sin",
)  # fmt: skip
# ...unless one of these stands between: "no dudes que ya quedó agendada".
AFTER_ALL = re.compile(r"\b(?:ya|já)\b")

# Anywhere before a claim's words in its clause, these take the claim back: possibility, wish, offer...
WISH = _words(
    r"pued[oea]s?", r"pueda[ns]?", r"pod[eé]s", r"podemos", r"pueden", r"podr\w+", r"posso", r"pode", r"podem",
    r"poderia", r"can", r"could", r"may(?! \d)", r"might", r"would", r"should", r"must", r"quier[eoa]s?",
    r"querés", r"quer", r"queira", r"quieren", r"gustar\w+", r"gostaria\w*", r"deseas?", r"deseja",
    r"necesit\w+", r"precis\w+", r"debe[ns]?", r"deve", r"want", r"wants", r"need", r"needs", r"like",
    r"let me", r"let's", r"prefier\w+", r"prefere", r"ojalá", r"espero que", r"tomara que", r"hope", r"hoping",
    r"dej[ae]r?l[ao]s?", r"deixar", r"dejarte", r"tener", r"ter", r"ser", r"estar", r"quedar", r"ficar", r"be",
    r"to get", r"get you", r"para que", r"solicitar\w*", r"please",
)  # fmt: skip
# ...the future, and what is to come first.
GUARD = _words(
    r"will", r"\w+'ll", r"shall", r"going to", r"voy a", r"va a", r"vamos a", r"vas a", r"vou", r"vai",
    r"vamos", r"será\w*", r"quedará\w*", r"estará\w*", r"ficará\w*", r"estaría", r"quedaría", r"ficaria",
    r"estaria", r"sería", r"seria", r"esté", r"estén", r"quede", r"queden", r"esteja", r"fique", r"sea",
    r"seja",
    r"cuando", r"quando", r"when", r"once", r"una vez", r"uma vez", r"apenas", r"en cuanto", r"assim que",
    r"as soon as", r"hasta (?:que|no)", r"até (?:que|você)", r"until", r"unless",
    r"caso (?:você|queira|prefira|precise|confirme)", r"(?:en|em) caso de", r"antes de", r"before",
    r"después de", r"depois de", r"depois que", r"after", r"if", r"whether", r"luego de", r"tras",
)  # fmt: skip

# Anywhere in a clause: the whole clause depends on something.
CONDITION = re.compile(
    r"\bsi (?=\w)|\b(?:if|when|once|unless|as soon as|cuando|quando|una vez que|en cuanto|assim que|apenas|después "
    r"de que|depois d[eo]|depois que|hasta que|até|only after|after (?:you|the|your)? ?payment)\b"
    r"|\bcaso (?:você|voce|queira|prefira|precise)\b"
    r"|(?:^|\s)se (?:você|voce|o senhor|a senhora|quiser|puder|preferir|estiver|tiver|for|confirmar|precisar|desejar|"
    r"isso|me)\b"
)

# What is said to have happened keeps to have happened, whatever follows: "quedó agendada si necesitas algo".
PAST = re.compile(
    r"\w{2,}(?:é|ó|ei|ou)\b|\b(?:i've|has been|was|ya (?:está|qued|te|lo|la)|já (?:está|fic|te))|\b(?:ya|já)\b"
)

# What the customer has said, or had elsewhere.
REPORTED = re.compile(
    r"\b(?:habías|hubieras|tenías|dijiste|dices|decís|mencionas|mencionaste|comentaste|contaste|escribiste|según tú|"
    r"usted (?:me |nos )?(?:mencion\w+|dijo|decía|comentó|indicó|señaló|contó|escribió)|"
    r"(?:habían|había|tinham|havia|had been) \w+(?:[aei]d[oa]s?|ed)|(?:entiendo|entendo|i understand) (?:que|that)|"
    r"você disse|disse|mencionou|comentou|tinha|tinhas|you (?:said|mentioned|told|wrote|had)|your (?:last|previous)|"
    r"(?:cita|visita|reunión|llamada|reunião|consulta) (?:anterior|pasada|passada))\b"
)

# How the product and the team work in general: other people's meetings.
GENERAL = re.compile(
    r"\b(?:(?:las|los|as|os|the) (?:citas|reuniones|visitas|reservas|turnos|consultas|reuniões|meetings|appointments|"
    r"bookings|visits) (?:\w+d[oa]s|se|solo|sólo|only)\b|"
    r"(?<!\w )(?:las|los|as|os) \w+s (?:são|son|se) |"
    r"(?:tus|sus|seus|your|los|os|the) (?:pacientes|clientes|alumnos|alunos|patients|clients|customers)|"
    r"(?:nuestro|nosso|our) (?:sistema|software|system|app|plataforma|produto|producto|product))\b"
)

# Things that are noted, kept and passed on, and are no meeting.
NO_MEETING = re.compile(
    r"\b(?:(?<!\ba )(?<!a tu )(?<!a su )nombre|correo|e-?mail|mail|datos|mensajes?|dudas?|preguntas?|teléfono|"
    r"telefono|número|(?<!n[oa] seu )(?<!em seu )nome|dados|mensagem|"
    r"mensagens|"
    r"dúvidas?|telefone|name|messages?|questions?|details|preferencias?|preferências?|comentarios?|interés|interesse|"
    r"al equipo|a la persona|a un asesor|para a equipe|à equipe|pra equipe|to the team|to our team|to a colleague)\b"
)
A_MEETING = re.compile(
    r"agend|reserv|marc|cita\b|reuni|turno|meeting|appointment|book|schedul|cancel|program|confirm|lleva|leva\b|"
    r"visita|visit\b|demo\b|llamada|ligaç|slot|vaga|\blista?\b|"
    r"(?:a|n[oa]|em) (?:tu|su|seu) (?:nombre|nome)"
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
    r"|\b(?:está|estamos|es|tá) (?:(?:todo|tudo) "
    r"(?:reservad|agendad|marcad|ocupad|tomad|lotad|chei|llen)\w+(?! (?:para|con|com|for|with))|llen\w+|cheio|"
    r"lotad\w+)\b|\b(?:llenos|lotados)\b|\bfully booked\b|"
    r"\balready booked (?:by|up|out)\b|\bbooked (?:up|out|solid)\b"
    r"|\b(?:otra persona|otro cliente|outra pessoa|outro cliente|someone else|another (?:customer|client|person))\b"
)
# ...unless it is said to be theirs.
FOR_YOU = re.compile(
    r"\b(?:para (?:ti|vos|usted|você|voce)|(?:a|em) (?:tu|su|seu) (?:nombre|nome)|for you|in your name)\b"
)

# What happens every week is nobody's booking.
HABIT = re.compile(
    r"\b(?:los|cada|às|aos|todos os|todas as) (?:lunes|martes|miércoles|jueves|viernes|sábados|domingos|segundas|"
    r"terças|"
    r"quartas|quintas|sextas)\b|\b\w+days\b|\b(?:suelen?|costumam?|usually|every|siempre|sempre|always|sólo|solo|"
    r"solamente|somente|apenas|only)\b"
)

# A payment or an order is confirmed by no meeting.
MONEY_MATTERS = re.compile(
    r"\b(?:tu|su|el|sua|seu|o|your|the) (?:pago|compra|pedido|transferencia|pagamento|transferência|payment|purchase|"
    r"order|descuento|desconto|discount|reembolso|refund)\b"
)

# Name -> month, short forms included, as they stand behind a day: "24 nov".
MONTHS = {
    name: number
    for number, names in enumerate((
        "enero janeiro january ene jan", "febrero fevereiro february feb fev", "marzo março marco march mar",
        "abril april abr apr", "mayo maio may mai", "junio junho june jun", "julio julho july jul",
        "agosto august ago aug", "septiembre setiembre setembro september sept sep set",
        "octubre outubro october oct out", "noviembre novembro november nov", "diciembre dezembro december dic dez dec",
    ), 1)
    for name in names.split()
}  # fmt: skip
# Those that stand before one: "November 24".
MONTHS_AHEAD = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|"
    "aug|"
    "sept|sep|oct|nov|dec"
)

# Name -> `datetime.weekday()`.
WEEKDAYS = {
    "lunes": 0, "martes": 1, "miércoles": 2, "miercoles": 2, "jueves": 3, "viernes": 4, "sábado": 5, "sabado": 5,
    "domingo": 6, "segunda": 0, "segunda-feira": 0, "terça": 1, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

# The short forms that offers are written with, before a number or an hour: "jue 26 nov", "Thu 26 Nov".
SHORT_WEEKDAYS = {
    "lun": 0, "mar": 1, "mié": 2, "mie": 2, "jue": 3, "vie": 4, "sáb": 5, "sab": 5, "dom": 6, "seg": 0, "ter": 1,
    "qua": 2, "qui": 3, "sex": 4, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4, "sat": 5,
    "sun": 6,
}  # fmt: skip

# After `segunda`, `quarta` …, these make an ordinal of what would be a weekday in Portuguese.
ORDINAL_OF = r"reuni|cita|llamada|sesi|sess|visita|vez|opci|demo|parte|ligaç|consulta|clase|aula"
