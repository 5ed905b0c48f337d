"""The words of claims in Spanish, Portuguese and English, as `orchestrator_service.chat.claims` reads them.

Lower case with accents: `reservé` is a claim and `reserve` is a wish.
"""

import re
from typing import Literal

ActionKind = Literal["booked", "confirmed", "cancelled", "rescheduled"]


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of the patterns, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)")


_DAYS = (
    r"(?:lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|segunda|terça|terca|quarta|quinta|sexta|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mañana|amanhã|tomorrow)"
)
_TIME = (
    r"(?:a las? \d|às \d|at \d|\d{1,2}(?::|h)\d\d|\d{1,2} ?(?:hs?|hrs|horas|[ap]\.? ?m)\b|\d{1,2}/\d{1,2}|"
    r"(?:el|dia|día) \d{1,2}\b)"
)
_WHEN = rf"(?:(?:el|este|esta|la|na|no|nesta|neste|on|this|next|próxim[oa]|para|for|a|o) ){{0,3}}(?:{_DAYS}\b|{_TIME})"
# What takes place, and what it takes: `tenemos horario` tells of free times, `tenemos reunión` of a booking.
_TALK = (
    r"(?:reuni[oó]n|cita|llamada|videollamada|visita|demo|asesor[ií]a|entrevista|sesi[oó]n|consulta|reuni[aã]o|"
    r"liga[cç][aã]o|"
    r"chamada|conversa|encontro|sess[aã]o|agendamento|meeting|appointment|call|visit|session|consultation|booking)"
)
_PLACE = r"(?:turno|horario|hora|lugar|cupo|espacio|reserva|hor[aá]rio|vaga|slot|spot|seat|place|time)"
_MEETING = rf"(?:{_TALK[3:-1]}|{_PLACE[3:-1]})"
_YOUR = r"(?:la|el|tu|su|vuestra|nuestra|a|o|sua|seu|tua|teu|nossa|your|the|that|our|this)"
_FEW = r"(?: (?!libre|livre|free|dispon|available|vaga)\S+){0,6}?"
# Verbs that note all sorts of things: they speak of a meeting where one is named, or a day or an hour.
_NOTED = (
    r"(?:anot(?:é|amos)|inscribí|apunté|aparté|separé|bloqueé|guardé|asigné|registré|metí|cargué|coordin(?:é|amos)|"
    r"arreglé|"
    r"fijé|puse|pusimos|sumé|agregué|acabo de (?:bloquear|reservar|agendar|anotar|apartar|separar|programar|poner)|"
    r"anotei|inscrevi|separei|bloqueei|guardei|coloquei|encaixei|combinei|acertei|fechei|adicionei|incluí|garanti|"
    r"acabei de (?:bloquear|reservar|agendar|marcar|anotar|separar|colocar)|"
    r"put you|put it|(?:got|have) you down|blocked(?: off| out)?|saved|signed you up|slotted you|fit you in|squeezed "
    r"you in|"
    r"arranged|organi[sz]ed|set aside|added you|held|secured|sorted|grabbed|snagged|nabbed|set everything up|set it "
    r"up|set you up|"
    r"cerré|cerramos|cerrei|dejé|dejamos|deixei|deixamos|consegui (?:te )?(?:colocar|encaixar|marcar)|conseguí)"
)
_ABOUT = rf"(?:{_MEETING}|{_DAYS}|{_TIME}|para las? \d|lo de las \d|[oa] de las \d)"
_REMOVED = (
    r"(?:di de baja|dimos de baja|dado de baja|dada de baja|elimin(?:é|amos)|borr(?:é|amos)|saqué|sacamos|quité|"
    r"removí|tirei|tiramos|"
    r"excluí|excluímos|removi|apaguei|took|taken|removed|deleted|dropped|scrapped|eliminad[oa]|borrad[oa]|removid[oa]|"
    r"excluíd[oa]|acabo de (?:cancelar|anular|eliminar|borrar)|acabei de (?:cancelar|desmarcar))"
)
_MOVED = (
    r"(?:moví|cambié|pasé|corrí|adelanté|atrasé|postergué|pospuse|aplacé|trasladé|movimos|cambiamos|pasamos|mudei|movi|"
    r"troquei|passei|adiei|antecipei|transferi|mudamos|acabo de (?:mover|cambiar|pasar|reprogramar)|"
    r"acabei de (?:mudar|trocar|remarcar|passar)|moved|changed|pushed|switched|shifted|bumped|swapped|transferred)"
)
_STANDS = (
    r"(?:qued(?:ó|o|a|as|aste|an|amos|aron|é)|fic(?:ou|a|aram|amos)|está|tá|estás|estáis|estão|es|é|is|was|has been|"
    r"are|fue|fueron|"
    r"foi|foram|(?:ha|han) (?:sido|quedado)|te tengo|te tenemos|te tenho|les tengo)"
)

CLAIMS: tuple[tuple[ActionKind, re.Pattern[str]], ...] = (
    (
        "booked",
        words(
            r"(?:agendad|reservad|programad|apartad|marcad)(?:[oa]s?|íss?im[oa]s?|inh[oa]s?|it[oa]s?)",
            r"(?:reservé|agendé|programé|agendei|marquei|reservei|programei)",
            r"(?:te|le|la|lo|ya|os|hemos|já|se) (?:agendamos|reservamos|programamos|apartamos|marcamos)",
            r"se (?:agendó|reservó|programó)",
            r"se (?:realizó|hizo|concretó|registró|generó) (?:la|tu|su) (?:reserva|cita|turno|reunión)",
            r"(?:te|le|lhe) (?:la |lo )?(?:agendo|reservo)",
            r"(?:booked|scheduled|reserved|penciled|pencilled)",
            rf"{_NOTED}(?: \S+){{0,5}}? {_ABOUT}",
            rf"{_ABOUT}(?: \S+){{0,4}}? {_NOTED}",
            rf"{_MEETING}(?: \S+){{0,4}}? (?:asegurad|garantizad|garantid|separad|guardad|tomad|fijad|apuntad|anotad|"
            rf"cerrad|fechad|acordad|list|pront)[oa]s?",
            rf"{_STANDS} (?:fijad|anotad|apuntad|inscript|inscrit|separad|acordad|asentad|pactad|registrad|acertad|"
            rf"combinad|cerrad|fechad|coordinad|arreglad|organizad)[oa]s?(?: \S+){{0,4}}? {_ABOUT}",
            rf"{_MEETING}(?: \S+){{0,3}}? (?:secured|saved|sorted|locked(?: in)?|guaranteed|set for|set up|arranged)",
            rf"(?:set up|arranged|locked in|set) {_YOUR} {_MEETING}",
            rf"locked in(?: for)? {_WHEN}",
            r"(?:you're|you are|we're|we are|all) (?:all )?(?:set|good to go|good) for",
            rf"(?:deixei|dejé|dejo|deixo|dejamos) (?:tudo |todo |tod[oa]s? )?(?:acertad|list|coordinad|arreglad|pront|"
            rf"organizad)[oa]s?(?: \S+){{0,4}}? {_ABOUT}",
            r"(?:já|ya) (?:é|es) (?:tuy[oa]|suy[oa]|sua|seu|teu|tua)",
            r"(?:lleva|tiene|leva|tem|has) (?:tu|su|seu|your) (?:nombre|nome|name)",
            rf"{_STANDS} tod[oa] (?:coordinad|arreglad|organizad)[oa]",
            r"(?:reservaste|agendaste) con éxito",
            rf"quedamos (?:para |así )?{_WHEN}",
            rf"(?:agendaste|reservaste|quedaste)(?: \S+){{0,4}}? {_WHEN}",
            rf"(?:you're|you are|we're|we are) (?:in|down|on)(?: for)? {_WHEN}",
            rf"(?:está|estás|quedó|queda|quedo|figura|aparece|puse|metí|agregué|cargué|sumé|coloqué|coloquei|"
            rf"adicionei|fica|ficou|is|it's|"
            rf"been|added|put|got|have){_FEW} (?:en|no|na|al|ao|à|on|to|in|into|dentro de|dentro da) (?:\S+ "
            rf"){{0,2}}?(?:calendario|agenda|"
            r"calendário|calendar|schedule|diary)",
            rf"(?:tienes|tenés|tenes|tiene|tenéis|você tem|você já tem|tens|you have|you now have|you've got) (?:ya |"
            rf"já |now )?(?:tu|el|"
            rf"la|su|o|a|seu|sua|your|the) {_MEETING}(?: \S+){{0,5}}? (?:{_WHEN}|para|con|com|for|with)",
            rf"(?:tienes|tenés|tenes|tiene|tenéis|tenemos|contamos con|cuentas con|contás con|cuenta con|tem|temos|"
            rf"tens|you have|you now"
            rf" have|we have|you've got|we've got) (?:ya |já |now )?(?:una |un |nuestra |tu |su |uma |um |nossa |a |"
            rf"an |our )?{_TALK}"
            rf"(?: \S+){{0,5}}? (?:{_WHEN}|para el|para la)",
            rf"{_YOUR} {_TALK}(?: \S+){{0,5}}? {_STANDS}(?: now| set| fixed| ya| já)? {_WHEN}",
            rf"(?:{_MEETING}|{_WHEN})(?: \S+){{0,4}}? (?:es|é|is|son) (?:todo |now |all |ahora |agora )?(?:tuy[oa]s?|"
            rf"suy[oa]s?|seu|sua|teu|tua|yours)",
            r"(?:reserva|reservación|cita|turno|agendamiento|agendamento|marcação|booking|reservation|appointment|"
            r"scheduling)(?: \w+)? "
            r"(?:hech[oa]|realizad[oa]|complet\w*|list[oa]|exitos[oa]|feit[oa]|concluíd[oa]|efetuad[oa]|efetivad[oa]|"
            r"done|made|"
            r"successful|in place)",
            rf"(?:nos vemos|nos encontramos|see you|seeing you|meet you|(?:te|le|lo|la|os|les|lhe) (?:espera|esperan|"
            rf"esperamos|espero|aguarda|"
            rf"aguardamos|aguardo)|(?:espero|esperamos|espera|aguardo|aguardamos) (?:você|vocês|por você|por ti))"
            rf"(?: (?:entonces|então|then|ahí|lá|there|acá|aqui|en la oficina|na clínica))? {_WHEN}",
            rf"expecting you(?: \S+)? {_WHEN}",
            rf"(?:todo listo|toda lista|tudo certo|tudo pronto|todo en orden|all sorted|all good|all set)(?: ya)? "
            rf"(?:para|for|con|com)(?: \S+){{0,3}}? "
            rf"(?:{_MEETING}|{_DAYS}|\d)",
        ),
    ),
    (
        "confirmed",
        words(
            r"confirmad(?:[oa]s?|íss?im[oa]s?|inh[oa]s?)",
            r"confirmed",
            rf"(?:te |le |lhe )?(?:confirmo|confirmamos|confirmei|confirmé) {_YOUR} (?:{_MEETING}|asistencia|presença|"
            rf"presencia)",
            r"(?:ya )?(?:la |lo |te la |te lo )(?:confirmé|confirmei)",
            r"(?:confirmé|confirmei|confirmamos) con?m? (?:el |la |o |a )?\w+",
            rf"confirm(?:s|ó|ou|aron|aram) {_YOUR} {_MEETING}",
            r"se confirmó",
        ),
    ),
    (
        "cancelled",
        words(
            r"(?:cancelad|anulad|desmarcad)[oa]s?",
            r"(?:cancelé|anulé|cancelei|desmarquei|cancelled|canceled|called off)",
            r"se (?:canceló|anuló)",
            r"(?:te |la |lo |hemos |ya |já )(?:cancelamos|anulamos|desmarcamos)",
            rf"{_REMOVED}(?: \S+){{0,3}}? {_MEETING}",
            rf"{_MEETING}(?: \S+){{0,3}}? {_REMOVED}",
            rf"{_YOUR} {_MEETING}(?: \S+){{0,3}}? {_STANDS} (?:off|gone|removed|deleted|sin efecto|sem efeito|de baja|"
            rf"fuera)",
            r"baja (?:hecha|realizada|lista)",
        ),
    ),
    (
        "rescheduled",
        words(
            r"(?:reprogramad|reagendad|remarcad)[oa]s?",
            r"(?:reprogramé|reagendé|reagendei|remarquei|rescheduled|re-scheduled)",
            r"se (?:reprogramó|reagendó)",
            rf"{_MOVED} (?:\S+ )?{_YOUR} {_MEETING}",
            rf"{_MOVED} (?:it|that|you|todo|tudo)(?: \S+){{0,2}}? (?:to|back|forward|over|para|al)",
            rf"(?:la|lo|te|te la|te lo|a|o|já|ya) {_MOVED} (?:para|al|a la|a las|a|pra) ?(?:el |la |las |o "
            rf")?(?:{_DAYS}|{_TIME}|\d)",
            rf"{_MEETING} (?:has been|was|is) (?:moved|pushed|changed|shifted|switched)",
            rf"{_STANDS} (?:movid|cambiad|pasad|corrid|trasladad|adiad|transferid|mudad)[oa]s?",
            rf"(?:nuevo|nueva|novo|nova|new) {_MEETING}(?: \S+){{0,2}}? {_STANDS} {_WHEN}",
            rf"{_YOUR} {_TALK} (?:pasó|passou|mudou|cambió) (?:del|da|do|de|from) ",
            rf"{_YOUR} {_TALK}(?: \S+){{0,4}}? (?:pasó|passou|se movió|se pasó|cambió|mudou|foi para|fue movida) "
            rf"(?:para|al|a la|pra|a)\b",
            rf"{_TALK}(?: \S+){{0,3}}? (?:ahora|agora|now) (?:es|é|is|queda|fica|será)(?: at| on)? {_WHEN}",
            rf"{_TALK}(?: \S+){{0,3}}? (?:es|é|is|queda|fica) (?:ahora|agora|now) {_WHEN}",
            rf"(?:ahora|agora|now) (?:es|é|queda|fica|it's|it is) {_WHEN}",
        ),
    ),
)

# A promise of a meeting at a time: neither the future nor "can" makes it less of one.
FIRM: tuple[tuple[ActionKind, re.Pattern[str]], ...] = (
    (
        "booked",
        words(
            rf"(?:will|'ll) (?:see|meet|call|ring|phone|be (?:waiting|there) for|be (?:seeing|meeting|expecting)) "
            rf"(?:you|with|\w+)(?: \S+){{0,3}}? {_WHEN}",
            rf"(?:te|le|lo|la) (?:va a|van a|vamos a|voy a) (?:llamar|ver|atender|recibir|esperar)(?: \S+){{0,2}}? "
            rf"{_WHEN}",
            rf"(?:te|le|lo|la) (?:llamará|verá|atenderá|recibirá|esperará|llama|atiende|recibe)(?: \S+){{0,2}}? "
            rf"{_WHEN}",
            rf"(?:vai|vão|vamos) (?:te |lhe )?(?:ligar|ver|atender|receber|esperar)(?: você)?(?: \S+){{0,2}}? {_WHEN}",
            rf"te (?:liga|atende|recebe)(?: \S+){{0,2}}? {_WHEN}",
        ),
    ),
    ("confirmed", words(rf"can confirm (?:that )?{_YOUR} {_MEETING}")),
)

# A whole sentence that only names a time after a word of consent: "Então combinado, terça às 10 com a Laura".
AGREED = re.compile(
    r"^\W*(?:(?:entonces|então|so|ok|okay|bueno|perfecto|genial|great|perfeito|dale|va|ya) ?[,!]? ?)*(?:combinado|"
    r"fechado|hecho|"
    r"trato hecho|quedamos(?: así)?|list[oa](?: el pollo| ya)?|pronto|prontinho|done|deal|confirmo|(?:te|le|lhe) "
    r"confirmo|it's a date)\b ?[,:!.-]* ?"
    rf"(?:entonces |então |then )?{_WHEN}(?:[ ,]+(?:{_DAYS}|{_TIME}|de|a|la|las|às|the|\d+|con|com|with|entonces|"
    rf"então|then|[^\W\d]+)){{0,8}}\W*$"
    rf"|^.{{0,24}}{_WHEN}.{{0,24}}\b(?:it's done|all done|hecho|feito|listo|pronto)\W*$"
)
# The last net, over a sentence that none of the above is in: a day or an hour, said of the two of us or of a meeting.
A_TIME = re.compile(rf"\b(?:{_DAYS}\b|{_TIME})")
FOR_US = words(
    r"te", r"tu", r"tus", r"su", r"le", r"nos", r"you", r"your", r"you're", r"you'll", r"yours", r"we", r"we'll",
    r"we're", r"você", r"vc",
    r"sua", r"seu", r"lhe", r"vos", r"os", _TALK,
)  # fmt: skip
# What offers, asks, tells of working hours or promises a message: none of it is a booking.
OFFERED = re.compile(
    r"\b(?:libres?|livres?|free|dispon\w+|available|availability|hay|tengo|tenho|tem|queda un|quedan|puede|pode|"
    r"works?|sirve|serve|"
    r"ofre\w+|propon\w+|sug\w+|opci\w+|opç\w+|options?|altern\w+|offer\w*|suggest\w*|propose\w*|how about|what about|"
    r"qu[eé] tal|"
    r"parece|elig\w+|eleg\w+|escog\w+|escolh\w+|choose|pick\w*|dime|decime|diga|tell me|let me|let us|déjame|dejame|"
    r"deixa|"
    r"horarios|horários|times|slots|openings?|huecos?|vagas?|muestro|mostro|show|cuál|qual|which|dónde|"
    r"de lunes|de segunda|monday to|from monday|entre las|between|hasta|até|until|abrimos|atendemos|open|abertos|"
    r"escrib\w+|escrev\w+|respond\w+|avis\w+|contact\w+|manda\w*|mando|envi\w+|enví\w+|message|reply|replies|answers?|"
    r"get back|let you know|write|writes|send\w*|email|retorn\w+|revis\w+|verific\w+|check\w*|confirmando|consult\w+|"
    r"busc\w+|"
    r"looking|procur\w+|entiendo|entendo|understand|veo que|vejo que|pens\w+|think\w*)\b|\s(?:o|or|ou)\s"
)
SOOTHING = re.compile(
    r"\b(?:no (?:te preocupes|hay (?:problema|drama)|worries|problem|pasa nada|dudes)|sin (?:problemas?|drama)|sem "
    r"problemas?|"
    r"não (?:se preocupe|tem problema)|don't worry)\b"
)
