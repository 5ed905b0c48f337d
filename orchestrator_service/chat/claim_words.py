"""The words of claims in Spanish, Portuguese and English, as `orchestrator_service.chat.claims` reads them.

Lower case with accents: `reservé` is a claim and `reserve` is a wish.
"""

import re
from typing import Literal

from orchestrator_service.chat.claim_forms import (
    BOOKED_ENGLISH,
    BOOKING,
    CONFIRMING,
    MOVING,
    REMOVING,
    done,
    one_of,
    participle,
    passed,
    third,
)

ActionKind = Literal["booked", "confirmed", "cancelled", "rescheduled"]


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of the patterns, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)")


_DAYS = (
    r"(?:lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|segunda|terça|terca|quarta|quinta|"
    r"sexta|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mañana|amanhã|tomorrow|hoy a|hoje (?:à|às|ao)|"
    r"semana que v(?:iene|em)|próxima semana|next week)"
)
_HOURS = (
    r"(?:una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|uma|duas|três|quatro|sete|oito|nove|dez|onze|"
    r"doze|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday)\b"
)
_MONTHS = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|janeiro|fevereiro|"
    r"março|maio|junho|julho|setembro|outubro|novembro|dezembro|january|february|march|april|june|july|august|"
    r"september|"
    r"october|november|december)"
)
_TIME = (
    rf"(?:a las? (?:\d|{_HOURS})|às (?:\d|{_HOURS})|at (?:\d|{_HOURS})|al? mediodía|ao meio-dia|\d{{1,2}}(?::|h)\d\d|"
    rf"\d{{1,2}} ?(?:hs?|hrs|horas|[ap]\.? ?m)\b|\d{{1,2}}/\d{{1,2}}|(?:el|dia|día) \d{{1,2}}\b|the \d{{1,2}}(?:st|"
    rf"nd|rd|th)|"
    rf"\d{{1,2}} (?:de |of )?{_MONTHS}|{_MONTHS} \d{{1,2}})"
)
_WHEN = (
    rf"(?:(?:el|los|las?|este|esta|na|no|nesta|neste|on|this|next|próxim[oa]|para|for|a|o|as|os) ){{0,3}}"
    rf"(?:{_DAYS}\b|{_TIME})"
)
# What takes place, and what it takes: `tenemos horario` tells of free times, `tenemos reunión` of a booking.
_TALK = (
    r"(?:reuni[oó]n|cita|llamada|videollamada|visita|demo|asesor[ií]a|entrevista|sesi[oó]n|consulta|reuni[aã]o|"
    r"liga[cç][aã]o|"
    r"chamada|conversa|encontro|sess[aã]o|agendamento|meeting|appointment|call|visit|session|consultation|booking)"
)
_PLACE = (
    r"(?:turn(?:o|ito)|horario|hora|lugar(?:cito)?|cupo|espacio|espacito|reserva(?:ci[oó]n)?|reservation|plaza|sitio|"
    r"huec(?:o|ito)|"
    r"citita|clase|curso|recorrido|hor[aá]rio|vaga|encaixe|aula|horarinho|slot|spot|seat|place|time|viewing|tour|"
    r"class)"
)
_MEETING = rf"(?:{_TALK[3:-1]}|{_PLACE[3:-1]})"
_YOUR = r"(?:la|el|tu|su|vuestra|nuestra|a|o|sua|seu|tua|teu|nossa|your|the|that|our|this)"
_FEW = r"(?: (?!libre|livre|free|dispon|available|vaga)\S+){0,6}?"
# Verbs that note all sorts of things: they speak of a meeting where one is named, or a day or an hour.
# What people are put down for besides: `tenemos una charla` offers one, `te inscribí en la charla` claims.
_EVENT = (
    r"(?:taller|seminario|webinar|charla|presentaci[oó]n|apresenta[cç][aã]o|palestra|clase|aula|evento|workshop|"
    r"presentation|class|tour|event|encuentro|recorrido|zoom|call)"
)
# Verbs that note all sorts of things: they speak of a meeting where one is named, or a day or an hour.
_NOTED = one_of((
    done(BOOKING),
    r"anotamos|coordinamos|puse|pusimos|metí|metimos|cogí|cogimos|conseguí|cerramos|dejamos|deixamos",
    r"(?:te|le|les|os|ya|já|lhe) (?:anotamos|inscribimos|apuntamos|separamos|guardamos)",
    r"(?:te|le|les|os|ya|já|lhe) (?:bloqueamos|registramos|sumamos)",
    r"acabo de (?:poner|meter|incluir|dar|hacer)(?:te|le)?|incluí|encaixamos",
    r"consegui (?:te )?(?:colocar|encaixar|marcar)",
    BOOKED_ENGLISH,
))  # fmt: skip
_BOOK = r"(?:agenda|calendario|calendário|calendar|schedule|diary|books|planner)"
_ABOUT = rf"(?:{_MEETING}|{_EVENT}|{_DAYS}|{_TIME}|{_BOOK}|para las? (?:\d|{_HOURS})|lo de las \d|[oa] de las \d)"
_REMOVED = one_of((
    done(REMOVING),
    r"di de baja|dimos de baja|dado de baja|dada de baja|eliminamos|borramos|sacamos|bajamos|tiramos|excluímos",
    r"removimos",
    r"took|taken|removed|deleted|dropped|scrapped|pulled|cleared|eliminad[oa]|borrad[oa]|removid[oa]|excluíd[oa]",
))  # fmt: skip
_MOVED = one_of((
    done(MOVING),
    r"pospuse|cambiamos|pasamos|mudamos|adelantamos|corrimos|moved|changed|pushed|switched|shifted|bumped|swapped",
    r"transferred|brought",
))  # fmt: skip
_INVITE = r"(?:invitaci[oó]n|invitaciones|convocatoria|convite|invites?|invitations?)"
_SENT = (
    r"(?:mandé|envié|mandamos|enviamos|(?:he|hemos) (?:enviado|mandado)|acab(?:o|ei|amos) de (?:enviar|mandar)(?:te|"
    r"le)?|"
    r"enviei|mandei|sent|shot|emailed|llegó|recibiste|recibió|chegou|(?:foi|fue|ya está|já está) (?:enviad[oa]|en|no|"
    r"na)|"
    r"ya (?:tienes|tenés|tiene)|went out)"
)
_STANDS = (
    r"(?:qued(?:ó|o|a|as|aste|an|amos|aron|é)|fic(?:ou|a|aram|amos)|está|tá|estás|estáis|estão|es|é|is|was|has been|"
    r"are|fue|fueron|"
    r"foi|foram|(?:ha|han) (?:sido|quedado)|te tengo|te tenemos|te tenho|les tengo)"
)

_JUST_BOOKED = r"(?:he|hemos|ha|han) (?:agendado|reservado|programado)|acab(?:o|ei|amos) de (?:agendar|reservar|marcar)"

_HAVE = r"(?:tienes|tenés|tiene|tenéis|tem|tens|you have|you've got)"

CLAIMS: tuple[tuple[ActionKind, re.Pattern[str]], ...] = (
    (
        "booked",
        words(
            r"(?:agendad|reservad|programad|apartad|marcad)(?:[oa]s?|íss?im[oa]s?|inh[oa]s?|it[oa]s?)",
            rf"(?:reservé|agendé|programé|agendei|marquei|reservei|programei|{_JUST_BOOKED})",
            rf"{_MEETING}(?: \S+){{0,4}}? {passed(BOOKING)}",
            rf"{passed(BOOKING)}(?: \S+){{0,4}}? {_ABOUT}",
            rf"{_SENT}(?: \S+){{0,5}}? {_INVITE}(?: \S+){{0,6}}? (?:{_WHEN}|{_ABOUT})",
            rf"{_INVITE}(?: \S+){{0,6}}? (?:{_WHEN}|{_ABOUT})(?: \S+){{0,3}}? {_SENT}",
            rf"(?:you're|you are|you've been|you have been|we have you|i have you) (?:now |all |officially |already "
            rf")?"
            rf"(?:registered|enrolled|signed up|listed|down|in)(?: \S+){{0,4}}? {_ABOUT}",
            rf"{third(BOOKING)} (?:{_YOUR}|es[ae]|ess[ae]|el|la|un|una|um|uma) {_MEETING}",
            rf"{_HAVE} (?:ya |já )?{participle(BOOKING)}(?: \S+){{0,3}}? {_ABOUT}",
            rf"{_HAVE} (?:ya |já )?(?:un |una |tu |su |um |uma |seu |sua )?{_PLACE} (?:en|n[oa]|con|com|para|on|at|"
            rf"in|with) ",
            rf"(?:te|le|lhe|les) (?:confirmo|confirmamos|informo|informamos) que(?: \S+){{0,3}}? (?:{_HAVE}|está|"
            rf"queda|quedó|"
            rf"ficou)(?: \S+){{0,3}}? {_ABOUT}",
            rf"(?:figur|const|aparec)(?:as|ás|a|es|és|e|an|en) (?:ya |usted |en |na |no |como )(?:\S+ "
            rf"){{0,7}}?{_ABOUT}",
            rf"(?:qued[óoa]|ficou|fica|está|tá) (?:en )?(?:firme|ok|hech[oa]|armad[oa]|de pie|parad[oa])(?: "
            rf"\S+){{0,4}}? "
            rf"{_ABOUT}",
            r"(?:hice|hizo|hicimos|(?:he|ha|hemos|han) hecho|fiz|fez|fizemos|made) (?:\S+ )?(?:hueco|lugar|reserva|"
            r"reservaci[oó]n|cita|"
            r"turno|reunión|espacio|agendamento|marcação|appointment|booking|reservation)",
            r"(?:te|le|la|lo|ya|os|hemos|já|se) (?:agendamos|reservamos|programamos|apartamos|marcamos)",
            r"se (?:agendó|reservó|programó)",
            rf"se (?:realizó|hizo|concretó|registró|generó|fez|efetuou) {_YOUR} {_MEETING}",
            rf"{participle(BOOKING)} para (?:vos|ti|usted|ustedes|você|vocês)",
            rf"(?:ya|já) (?:tienes|tenés|tiene|tem|tens|te tengo|te tenemos|te tenho) (?:un |una |tu |su |um |uma |"
            rf"seu |sua )?{_PLACE}",
            r"(?:te|le|lhe) (?:la |lo )?(?:agendo|reservo)",
            r"(?:booked|scheduled|reserved|penciled|pencilled)",
            rf"{_NOTED}(?: \S+){{0,7}}? {_ABOUT}",
            rf"{participle(BOOKING)} (?:queda|quedó|fica|ficou)",
            rf"(?:got|have) {_YOUR} {_MEETING}(?: \S+)?? (?:down|booked|set|in)",
            r"(?:puse|dejé|quedó|queda|está|coloquei|deixei|ficou|fica) (?:ya |já )?(?:a|n[oa]|em) (?:tu|su|seu) "
            r"(?:nombre|nome)",
            rf"{_ABOUT}(?: \S+){{0,4}}? {_NOTED}",
            rf"{_MEETING}(?: \S+){{0,4}}? (?:asegurad|garantizad|garantid|separad|guardad|tomad|fijad|apuntad|anotad|"
            rf"cerrad|fechad|acordad|list|pront)[oa]s?",
            rf"{_STANDS} (?:usted |você |ya |já |todo |tudo )?{participle(BOOKING)}(?: \S+){{0,7}}? {_ABOUT}",
            rf"(?<!\w ){participle(BOOKING)}(?: \S+){{0,4}}? {_ABOUT}",
            rf"(?:dejado|dejé|dejamos|deixei|deixamos) {participle(BOOKING)}(?: \S+){{0,4}}? {_ABOUT}",
            rf"{_MEETING}(?: \S+){{0,3}}? (?:secured|saved|sorted|locked(?: in)?|guaranteed|set for|set up|arranged)",
            rf"(?:set up|arranged|locked in|set) {_YOUR} {_MEETING}",
            rf"locked in(?: for)? {_WHEN}",
            r"(?:you're|you are|we're|we are|all) (?:all )?(?:set|good to go|good)(?: with \S+(?: \S+)?)? for",
            rf"(?:deixei|dejé|dejo|deixo|dejamos) (?:tudo |todo |tod[oa]s? )?(?:acertad|list|coordinad|arreglad|"
            rf"pront|"
            rf"organizad)[oa]s?(?: \S+){{0,4}}? {_ABOUT}",
            r"(?:já|ya) (?:é|es) (?:tuy[oa]|suy[oa]|sua|seu|teu|tua)",
            r"(?:lleva|tiene|leva|tem|has) (?:tu|su|seu|your) (?:nombre|nome|name)",
            rf"{_STANDS} tod[oa] (?:coordinad|arreglad|organizad)[oa]",
            r"(?:reservaste|agendaste) con éxito",
            rf"quedamos (?:entonces |así |pues )?(?:para |en )?{_WHEN}",
            rf"(?:quedaste|quedás|quedas|ficou) (?:ya |já )?(?:para |con \S+ |com \S+ ){{0,2}}{_WHEN}",
            rf"(?:di|dimos|dado|doy) de alta(?: \S+){{0,5}}? {_ABOUT}",
            r"(?:reservation|booking|appointment|registration|reserva|cita)(?: \S+){0,2}? went through",
            rf"(?:tu|su|seu|your) (?:nombre|nome|name)(?: \S+){{0,4}}? (?:{_BOOK}|lista|list)(?: \S+){{0,4}}? "
            rf"{_ABOUT}",
            rf"(?:agendaste|reservaste|quedaste)(?: \S+){{0,4}}? {_WHEN}",
            rf"(?:you're|you are|we're|we are) (?:in|down|on)(?: for)? {_WHEN}",
            rf"(?:está|estás|quedó|quedaste|queda|quedo|figura|aparece|puse|metí|agregué|cargué|sumé|coloqué|"
            rf"coloquei|"
            rf"adicionei|fica|ficou|is|it's|"
            rf"been|added|put|got|have){_FEW} (?:en|no|na|al|ao|à|on|to|in|into|a?dentro de|dentro da) (?:\S+ "
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
            rf"(?:te |le |lhe )?(?:confirmo|confirmamos|confirmei|confirmé) {_YOUR} (?:{_MEETING}|asistencia|"
            rf"presença|"
            rf"presencia)",
            r"(?:ya )?(?:la |lo |te la |te lo )(?:confirmé|confirmei)",
            r"(?:confirmé|confirmei|confirmamos) con?m? (?:el |la |o |a )?\w+",
            rf"{done(CONFIRMING)} (?:\S+ ){{0,3}}?{_YOUR} {_MEETING}",
            rf"confirm(?:s|ó|ou|aron|aram) (?:a |o )?{_YOUR} {_MEETING}",
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
            rf"{_REMOVED}(?: \S+){{0,3}}? (?:de|del|da|do|off|from) (?:\S+ )?{_BOOK}",
            rf"{third(REMOVING)} {_YOUR} {_MEETING}",
            rf"se (?:dio|ha dado|dieron) de baja(?: \S+)?? {_MEETING}",
            rf"{_MEETING}(?: \S+){{0,4}}? {passed(REMOVING)}",
            rf"{passed(REMOVING)}(?: \S+){{0,4}}? {_ABOUT}",
            r"(?:cancelaci[oó]n|cancelamento|anulaci[oó]n|cancellation)(?: \S+){0,3}? (?:hech[oa]|realizad[oa]|"
            r"feit[oa]|"
            r"concluíd[oa]|efectuad[oa]|efetuad[oa]|procesad[oa]|complet\w*|list[oa]|done|processed|went through)",
            rf"{_YOUR} {_MEETING}(?: \S+){{0,3}}? {_STANDS} (?:off|gone|removed|deleted|sin efecto|sem efeito|de "
            rf"baja|"
            rf"fuera)",
            rf"{_YOUR} {_MEETING}(?: \S+){{0,3}}? (?:no longer (?:exists|stands)|ya no existe|ya no va|não existe "
            rf"mais)",
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
            rf"{third(MOVING)} {_YOUR} {_MEETING} (?:al|para|a la|a las|to)",
            rf"{_MEETING}(?: \S+){{0,4}}? {passed(MOVING)}",
            rf"{passed(MOVING)}(?: \S+){{0,4}}? {_ABOUT}",
            rf"{_YOUR} {_MEETING}(?: \S+){{0,3}}? {_MOVED}(?: \S+){{0,3}}? (?:al|a|para|to|del|from|hacia) ",
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
            rf"(?:will|'ll) (?:see|meet|call|ring|phone|be (?:seen|received|called|picked up|met) by|be (?:waiting|"
            rf"there) for|be (?:seeing|meeting|expecting)) "
            rf"(?:you|with|\w+)(?: \S+){{0,3}}? {_WHEN}",
            rf"(?:te|le|lo|la) (?:va a|van a|vamos a|voy a) (?:estar )?(?:llam|v|atend|recib|esper|visit)(?:[aei]r|"
            rf"ando|iendo)(?: \S+){{0,2}}? "
            rf"{_WHEN}",
            rf"(?:te|le|lo|la) (?:llamará|verá|atenderá|recibirá|esperará|contactará|llama|atiende|recibe|contacta|"
            rf"ve|busca)(?: \S+){{0,2}}? "
            rf"{_WHEN}",
            rf"(?:vai|vão|vamos) (?:te |lhe )?(?:estar (?:te )?)?(?:lig|v|atend|receb|esper|visit)(?:[ae]r|ando|"
            rf"endo)(?: você)?(?: \S+){{0,2}}? {_WHEN}",
            rf"(?:(?:pasa|pasará|vendrá|viene|irá|visita|visitará|pasás|pasas|vienes|venís|vai|virá|passa|vem|"
            rf"passará|"
            rf"visitará|is coming|are coming|comes|will come|stops by)(?: (?:a|por|to|aí|ahí|lá|allá|tu|su|your|seu|"
            rf"sua|"
            rf"local|casa|place|office|oficina|domicilio|el|la|lo|te|você)){{0,4}}|(?:lo|la|te|los|le) (?:visita|"
            rf"visitará|"
            rf"visitan)) {_WHEN}",
            rf"{_WHEN}(?: \d\S*)? (?:pasás|pasas|vienes|venís|te pasas|você vem|você passa)",
            rf"{_WHEN}(?: \S+){{0,4}}? (?:te|le|l[oa]s?) (?:llama|atiende|recibe|espera|ve|visita)n?",
            rf"(?:show up|be (?:here|there)|presént(?:ate|ese)|ven[íi]te?|acérc(?:ate|uese)|compareça|venha)(?: "
            rf"\S+){{0,2}}? "
            rf"{_WHEN}",
            rf"te (?:liga|atende|recebe)(?: \S+){{0,2}}? {_WHEN}",
        ),
    ),
    ("confirmed", words(rf"can confirm (?:that )?{_YOUR} {_MEETING}")),
)

# A whole sentence that only names a time after a word of consent: "Então combinado, terça às 10 com a Laura".
AGREED = re.compile(
    r"^\W*(?:(?:entonces|então|so|ok|okay|bueno|perfecto|genial|great|perfeito|dale|va|ya|está|quedó|queda|ficou|"
    r"fica|tudo|todo) "
    r"?[,!]? ?)*(?:combinado|(?:certo|ok|all good|todo list[oa]|todo en orden|beleza)|acertado|arreglado|acordado|"
    r"anotado|marcado|fijado|"
    r"fechado|hecho|"
    r"trato hecho|quedamos(?: así)?|list[oa](?: el pollo| ya)?|pronto|prontinho|done|deal|settled|that's settled|"
    r"it's settled|confirmo|(?:te|le|lhe) "
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
    r"escrib\w+|escrev\w+|respond\w+|avis(?!é|ei)\w+|contact\w+|manda\w*|mando|envi\w+|enví\w+|message|reply|replies|"
    r"answers?|"
    r"get back|let you know|write|writes|send\w*|email|retorn\w+|revis\w+|verific\w+|check\w*|confirmando|"
    r"consult(?!as?\b)\w+|"
    r"busc\w+|"
    r"looking|procur\w+|entiendo|entendo|understand|veo que|vejo que|pens\w+|think\w*)\b|\s(?:o|or|ou)\s"
)
SOOTHING = re.compile(
    r"\b(?:no (?:te preocupes|hay (?:problema|drama)|worries|problem|pasa nada|dudes)|sin (?:problemas?|drama)|sem "
    r"problemas?|"
    r"não (?:se preocupe|tem problema)|don't worry)\b"
)
