"""The forms in which a verb says that something has been done, made from its stem.

Spanish and Portuguese: `agendé`, `he agendado`, `acabo de agendarte`, `agendei`, `se ha agendado`; English names its
past forms. So a sentence that nobody foresaw is found by its verb, whatever stands around it.
"""

from collections.abc import Iterable

# Verbs by stem (-ar, or the participle written out); behind a colon the first persons that are written otherwise.
BOOKING = (
    "agend reserv program apart separ marc:marqué,marquei anot apunt inscri:inscribí,inscrevi,inscribimos registr "
    "coordin bloque:bloqueé,bloqueei guard asign fij:fijé fix:fixei acord cerr fech concret asegur "
    "garantiz:garanticé garant:garanti sum agreg:agregué,agreguei carg:cargué arregl organiz:organicé,organizei "
    "encaj encaix acomod ubic:ubiqué gestion tramit gener cre:creé,criei cri pact acert combin cadastr adicion "
    "coloc:coloqué,coloquei asent dej deix formaliz:formalicé,formalizei clav matricul inser:inserí,inseri cit "
    "tom:tomé(?!\\snota),tomei(?!\\snota) complet efectu efetu proces "
    "conclu:concluí realiz:realicé,realizei"
)
REMOVING = (
    "cancel anul desmarc:desmarqué,desmarquei elimin borr quit sac:saqué retir remov:removí,removi apag:apaguei tir "
    "exclu:excluí,excluímos suprim:suprimí desagend desprogram descart"
)
CONFIRMING = "confirm valid ratific"
MOVING = (
    "mov:moví,movi,movimos cambi pas pass:passei corr:corrí adelant atras posterg:postergué aplaz:aplacé traslad "
    "recorr:recorrí adiant "
    "reprogram reagend retras pate:pateé mud troc:troquei adi antecip transfer:transferí,transferi "
    "remarc:remarquei remanej reubic:reubiqué desplaz:desplacé"
)
# Participles that the stems do not give.
_BOOKED = "puesto metido cogido inscrito inscripto incluido posto colocado conseguido dado"
_REMOVED = "removido excluido excluído suprimido desfeito desecho deshecho"
_MOVED = "movido corrido recorrido transferido pospuesto"
BOOKED_ENGLISH = (
    "put you|popped you|put it|put your name|(?:got|have) you(?: down)?|blocked(?: off| out)?|saved|signed you up|"
    "slotted you|fit you in|fitted you in|squeezed you in|arranged|organi[sz]ed|set aside|added you|held|secured|"
    "sorted|grabbed|snagged|nabbed|set everything up|set it up|set you up|registered(?: you)?|enrolled(?: you)?|"
    "locked (?:you |it )?in|entered you|created|placed you|logged|made you"
)
ENDING = r"(?:[oa]s?|ísim[oa]s?|íssim[oa]s?|inh[oa]s?|it[oa]s?)"
_PERFECT = r"(?:he|hemos|ha|han)(?: (?:sido|quedado|dejado|podido))?"
_JUST = r"(?:acabo de|acabamos de|acabei de)"
_OBJECT = r"(?:te|le|les|os|l[oa]s?|tel[oa]s?|sel[oa]s?)?"


def one_of(alternatives: Iterable[str]) -> str:
    """Any of the patterns."""
    return f"(?:{'|'.join(dict.fromkeys(alternatives))})"


def _stems(verbs: str) -> list[tuple[str, list[str]]]:
    entries = [entry.partition(":") for entry in verbs.split()]
    return [(stem, given.split(",") if given else []) for stem, _, given in entries]


def participle(verbs: str) -> str:
    """The participles of the verbs, in each gender and number, and drawn out: `anotadísimo`."""
    irregular = {BOOKING: _BOOKED, REMOVING: _REMOVED, MOVING: _MOVED}.get(verbs, "").split()
    return f"{one_of([*(f'{stem}ad' for stem, _ in _stems(verbs)), *(word[:-1] for word in irregular)])}{ENDING}"


def done(verbs: str) -> str:
    """What says that the speaker has done it, or that it has been done."""
    firsts = [
        first for stem, given in _stems(verbs) for first in (*(given or (f"{stem}é", f"{stem}ei")), f"{stem}imos")
    ]
    infinitives = one_of(f"{stem}[aei]r" for stem, _ in _stems(verbs))
    return one_of((*firsts, rf"{_PERFECT} {participle(verbs)}", rf"{_JUST} (?:te |lhe )?{infinitives}{_OBJECT}"))


def passed(verbs: str) -> str:
    """What says of a thing that it has been done: `se ha agendado`, `se agendó`, `foi agendada`."""
    thirds = one_of(f"{stem}i?ó" for stem, _ in _stems(verbs))
    return one_of((
        rf"se {thirds}",
        rf"(?:se (?:ha|han)|ha sido|han sido|fue|fueron|foi|foram|ha quedado|ya está|já está) {participle(verbs)}",
    ))  # fmt: skip


def third(verbs: str) -> str:
    """What says that somebody else has done it: `Laura ya reservó`, `a Bia marcou`."""
    return one_of(f"{stem}(?:i?ó|[oi]u)" for stem, _ in _stems(verbs))
