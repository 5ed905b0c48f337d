"""The signals of interest and their documented weights, as patterns over folded text in es, en and pt.

A score starts at `BASE` and adds each signal's weight once. From `HOT` up a lead is hot, from `WARM` up warm, below it
cold; a refusal after the last sign of interest makes it not interested. Reason for the weights: one explicit request
for a meeting or a purchase is enough to be hot; a stated need, a question for the price or declared interest is enough
to be warm; curiosity alone ("quiero info") is not.
"""

import re
from dataclasses import dataclass

from orchestrator_service.agent.demo_brain.spelling import lenient

BASE = 15
HOT = 70
WARM = 40


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence; `negatable` ones do not count after "no", "not" or "não"."""

    name: str
    weight: int
    pattern: re.Pattern[str]
    negatable: bool = True


def _signal(name: str, weight: int, *patterns: str, negatable: bool = True) -> Signal:
    joined = "|".join(rf"\b(?:{lenient(pattern)})\b" for pattern in patterns)
    return Signal(name, weight, re.compile(joined), negatable)


REFUSAL = _signal(
    "refusal",
    -100,
    r"no (?:me|nos) interesan?(?! (?:el|la|los|las|ese|esa|hablar|ir)\b)|no estoy interesad[oa]|ya no (?:quiero|"
    r"necesito|me interesa)",
    r"no quiero (?:nada|mas (?:mensajes|info)|que me (?:escriban|contacten)|recibir)|dejen? de escribir(?:me)?|"
    r"no (?:me )?(?:escriban|contacten)(?: mas)?",
    r"no,? gracias|dame de baja|borren? mi numero|ya (?:contrate|compre|tengo proveedor|resolvi)",
    r"(?:i'?m )?not interested|no,? thanks?(?: you)?|stop (?:messaging|writing|texting|contacting)(?: me)?|"
    r"unsubscribe|leave me alone|don'?t (?:contact|message|text|write) me",
    r"(?:i )?don'?t (?:want|need) (?:it|this|anything)|already (?:bought|have a (?:provider|solution))",
    r"nao (?:tenho|temos) interesse|nao (?:estou|estamos) interessad[oa]s?|nao me interessa|nao quero (?:mais|"
    r"nada|receber)|nao,? obrigad[oa]",
    r"pare de (?:mandar|escrever|me)|me tire? da lista|ja (?:contratei|comprei|tenho fornecedor)|sem interesse|"
    r"sin interes",
    r"^(?:baja|stop|sair|parar)(?=\W*$)",
    negatable=False,
)

STATED_NEED = _signal(
    "states a need",
    30,
    r"(?:necesito|necesitamos|ocupo|ocupamos|me urge|nos urge|busco|buscamos|ando buscando|"
    r"estoy buscando|estamos buscando|me hace falta|nos hace falta|"
    r"quiero (?:mejorar|automatizar|ordenar|organizar|implementar|resolver|vender|aumentar|dejar|conseguir)|"
    r"tengo (?:un )?problemas?|tenemos problemas?|se (?:me|nos) (?:pierden|escapan|olvidan|complica)|"
    r"queremos (?:mejorar|automatizar|ordenar|organizar|implementar|vender|resolver))(?! (?:info|informacion|"
    r"saber|agendar|una reunion|hablar|pensar))",
    r"(?:i|we) (?:really )?need|(?:looking|searching) for|(?:want|trying) to (?:improve|automate|organi[sz]e|"
    r"fix|solve|grow|increase|sell)|struggling with|(?:have|having) (?:a |some )?(?:problems?|trouble|issues)",
    r"(?:preciso|precisamos|procuro|estou procurando|estamos procurando|estamos buscando|estou buscando|"
    r"quero (?:melhorar|automatizar|organizar|implementar|resolver|vender|aumentar)|queremos (?:melhorar|"
    r"automatizar|organizar|vender)|tenho (?:um )?problemas?|temos problemas?)(?! (?:pensar|saber|falar))",
)

SIGNALS = (
    _signal(
        "asks for a meeting",
        60,
        r"(?:quiero|queremos|quisiera|me gustaria|podemos|puedo|podria|podriamos|necesito|como|vamos a|"
        r"prefiero) (?:\w+ )?(?:agendar|coordinar|reservar|programar|reunirnos|reunirme|juntarnos|hablar|vernos)",
        r"(?:agendar|agendemos|agendame|coordinemos|reservar|programar|reservemos|agendamos) ?(?:una|la|un|"
        r"el)? ?(?:reunion|cita|llamada|demo|videollamada|entrevista|horario|asesoria)?",
        r"(?:nos|me) (?:podemos|podriamos|pueden|podrian|puedo|puede|podria) (?:\w+ )?(?:reunir|ver|juntar|"
        r"hablar|llamar|"
        r"atender|agendar)|(?:quedamos|quedemos|nos (?:vemos|juntamos|reunimos|sentamos)|"
        r"juntemonos|veamonos)"
        r" (?:el|la|un|manana|hoy|pasado|esta|para|a)",
        r"(?:una|la) (?:reunion|videollamada|demo|cita)|cuando (?:podemos|podriamos) (?:hablar|reunirnos|"
        r"vernos)|(?:que|tienen|tienes|hay) (?:horarios?|disponibilidad)|llamenme|me (?:llaman|pueden llamar)",
        r"(?:book|schedule|set up|arrange|have|get on) (?:\w+ ){0,2}(?:call|meeting|demo|appointment|time)|"
        r"can we (?:talk|meet|speak|chat)|(?:want|like|love) to (?:talk|meet|speak|see a demo)|call me|"
        r"when (?:can|could) we (?:talk|meet)",
        r"(?:agendar|marcar|reservar) ?(?:uma|a|um|o)? ?(?:reuniao|conversa|chamada|demo|horario|call|visita)?|"
        r"(?:podemos|posso|gostaria de|quero|queria) (?:conversar|falar|me reunir)|uma (?:reuniao|demonstracao|"
        r"conversa)|me liga|(?:tem|quais|que) (?:horarios?|disponibilidade)",
    ),
    _signal(
        "wants to buy",
        60,
        r"(?:quiero|queremos|quisiera|vamos a|listos? para|lista para) (?:ya )?(?:contratar|comprar|empezar|"
        r"arrancar|avanzar|pagar|adquirir)\w*|lo (?:quiero|compro|contrato)|como (?:pago|contrato|compro|"
        r"empiezo|hago para (?:contratar|pagar|comprar))|donde (?:pago|firmo)",
        r"(?:want|ready|like) to (?:buy|start|sign up|purchase|get started|move forward|subscribe)|"
        r"where do i (?:sign|pay)|how do i (?:pay|buy|sign up|start)|let'?s (?:do it|start|go ahead)|"
        r"i'?ll take it|sign me up",
        r"(?:quero|queremos|gostaria de|vamos|pronto para|pronta para) (?:ja )?(?:contratar|comprar|comecar|"
        r"fechar|assinar|pagar)|como (?:faco para (?:contratar|comprar|pagar)|contrato|compro|assino)|"
        r"bora fechar",
    ),
    STATED_NEED,
    _signal(
        "declares interest",
        25,
        r"me interesan?|nos interesa|me (?:late|mola|copa|cuadra|provoca|llama la atencion|gusto)|"
        r"(?:esta|suena|se ve) (?:chido|chevere|bacano|guay|copado|barbaro|interesante)|"
        r"estoy (?:muy )?interesad[oa]|estamos interesad[oa]s|me (?:encanta|encanto|"
        r"gusta mucho)|suena (?:muy )?bien",
        r"(?:i'?m|we'?re|i am|we are|very|really) (?:very |really )?interested|sounds (?:great|good|"
        r"interesting)|interests me",
        r"(?:me interessei|tenho (?:muito )?interesse|temos interesse|estou interessad[oa]|"
        r"estamos interessad[oa]s|me interessa|adorei|gostei muito)",
    ),
    _signal(
        "asks for the price",
        25,
        r"cuanto (?:cuesta|cuestan|sale|vale|cobran|es|seria|me sale)|precios?|tarifas?|costos?|cotizacion|"
        r"presupuesto para|planes|que valor tiene|formas? de pago",
        r"how much|prices?|pricing|cost|costs|quote|rates|payment options",
        r"quanto (?:custa|custam|fica|sai|e|voces cobram|seria)|precos?|valores|valor|orcamento para|planos|"
        r"formas? de pagamento",
    ),
    _signal(
        "is in a hurry",
        25,
        r"urgentes?|urgente(?:mente)?|cuanto antes|lo antes posible|hoy mismo|ya mismo|esta (?:misma )?semana|"
        r"lo mas pronto posible|para (?:hoy|manana)|este mes",
        r"asap|as soon as possible|right away|urgent(?:ly)?|this (?:week|month)|immediately|by (?:tomorrow|"
        r"friday|monday)",
        r"o quanto antes|o mais rapido possivel|hoje mesmo|esta semana|essa semana|ainda (?:hoje|esta semana|"
        r"essa semana)|este mes|esse mes|pra ontem|imediat[ao](?:mente)?",
    ),
    _signal(
        "names a budget",
        20,
        r"(?:mi|nuestro|tengo|tenemos|con|un) presupuesto|presupuesto (?:de|es|aprobado|asignado)",
        r"(?:my|our|a) budget|budget (?:of|is|approved)",
        r"(?:meu|nosso|temos|tenho) orcamento|orcamento (?:de|e|aprovado)",
    ),
    _signal(
        "decides",
        15,
        r"soy (?:el |la )?(?:duen[oa]|propietari[oa]|gerente|director[a]?|fundador[a]?|soci[oa]|ceo|"
        r"encargad[oa])|(?:yo )?decido yo|yo decido|la decision es mia",
        r"(?:i'?m|i am) (?:the |a )?(?:co-?)?(?:owner|founder|ceo|director|manager|partner|decision maker)|"
        r"i (?:make the )?deci(?:de|sions?)",
        r"sou (?:o |a )?(?:don[oa]|proprietari[oa]|gerente|diretor[a]?|fundador[a]?|soci[oa]|ceo)|eu decido|"
        r"a decisao e minha",
    ),
    _signal(
        "has a business",
        10,
        r"(?:tengo|tenemos|manejo|dirijo) (?:un|una|mi) (?!problema|duda|pregunta|consulta|reunion|cita|turno|"
        r"presupuesto|rato)\w+|(?:mi|nuestra|nuestro) (?:empresa|negocio|clinica|consultorio|tienda|local|"
        r"equipo|estudio|restaurante|inmobiliaria|gimnasio|academia)",
        r"(?:i|we) (?:run|own|have|manage) an? (?:small |big |dental |online )?(?:business|company|clinic|shop|"
        r"store|agency|team|studio|practice|restaurant|gym)|(?:my|our) (?:company|business|clinic|shop|store|"
        r"team|agency|practice|restaurant|gym)",
        r"(?:tenho|temos) (?:um|uma) (?!problema|duvida|pergunta|reuniao)\w+|(?:minha|nossa) (?:empresa|clinica|"
        r"loja|equipe|academia)|(?:meu|nosso) (?:negocio|consultorio|escritorio|time|restaurante|salao)",
    ),
    _signal(
        "asks for information",
        10,
        r"(?:quiero|quisiera|necesito|busco|me pasas|me das|pido|mas|me gustaria) (?:mas |recibir |"
        r"saber )?(?:info|informacion|detalles|saber)|como funciona|de que se trata|que (?:hacen|ofrecen)|"
        r"saber mas",
        r"(?:more |some )?(?:info|information|details)|how does (?:it|this) work|what do you (?:do|offer)|"
        r"tell me more|know more",
        r"(?:mais )?(?:informacoes|informacao|detalhes)|como funciona|o que voces (?:fazem|oferecem)|saber mais",
    ),
    _signal(
        "only looking",
        -25,
        r"(?:solo|solamente|nomas) (?:estoy |estaba |quiero |queria )?(?:mir\w+|averigu\w+|curiose\w+|"
        r"consult\w+|pregunt\w+|viendo|ver)|por curiosidad|por ahora no|mas adelante|quizas? (?:despues|"
        r"el (?:otro|proximo) ano)|no (?:tengo|hay) (?:apuro|prisa)|lo (?:voy a pensar|pienso|tengo que pensar)|"
        r"tengo que pensarlo|voy a pensarlo|tal vez (?:despues|mas adelante)|no estoy segur[oa]|otro momento",
        r"just (?:looking|browsing|curious|checking|asking|wondering)|maybe (?:later|next year|someday)|"
        r"not (?:right now|now|sure|yet|ready)|no (?:rush|hurry)|think about it|some other time",
        r"(?:so|apenas) (?:estou |estava |queria )?(?:olhando|pesquisando|vendo|dando uma olhada|curiosidade|"
        r"consultando|olhar|ver)|por curiosidade|talvez (?:depois|mais (?:pra frente|tarde)|ano que vem)|"
        r"sem pressa|vou pensar|preciso pensar|por enquanto nao|agora nao|nao (?:tenho certeza|sei se)|"
        r"outra hora|mais pra frente",
        negatable=False,
    ),
    _signal(
        "no money",
        -20,
        r"(?:no tengo|no tenemos|no hay|sin) (?:presupuesto|plata|dinero)|(?:muy|demasiado) caro|no (?:puedo|"
        r"podemos) pagar(?:lo)?",
        r"(?:no|don'?t have (?:a|the|any)) (?:budget|money)|too expensive|can'?t afford(?: it)?",
        r"(?:sem|nao (?:tenho|temos|ha)) (?:orcamento|dinheiro|grana|verba)|(?:muito|caro) caro|caro demais|"
        r"nao (?:posso|podemos) pagar",
        negatable=False,
    ),
)
