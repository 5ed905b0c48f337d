"""Everything the demo brain understands from a situation before it acts: pure, computed once per decision."""

from dataclasses import dataclass, replace

from core.folding import MAX_LINE, fold
from orchestrator_service.agenda.date_words import When, parse_when
from orchestrator_service.agent.demo_brain.extraction import Facts, extract
from orchestrator_service.agent.demo_brain.intents import Intents, read_intents
from orchestrator_service.agent.demo_brain.language import Language, asked_language, detect
from orchestrator_service.agent.demo_brain.names import is_full
from orchestrator_service.agent.demo_brain.picking import Burst, Chosen, Missed, Pick, pick, shown_offers
from orchestrator_service.agent.demo_brain.scoring import Assessment, assess
from orchestrator_service.agent.demo_brain.sellers import wanted_seller
from orchestrator_service.agent.demo_brain.signals import WARM
from orchestrator_service.agent.demo_brain.wording import Wording
from orchestrator_service.agent.demo_brain.words_en import ENGLISH
from orchestrator_service.agent.demo_brain.words_es import SPANISH
from orchestrator_service.agent.demo_brain.words_pt import PORTUGUESE
from orchestrator_service.agent.situation import OfferView, QualificationView, Situation

WORDINGS: dict[Language, Wording] = {"es": SPANISH, "en": ENGLISH, "pt": PORTUGUESE}
RECENT_LINES = 4
KEPT = "kept from before"
DOWNWARD = frozenset({"only looking", "no money"})
_SHOWN = ("[image", "[video", "[document", "[sticker")  # what was sent, not what was said


@dataclass(frozen=True, slots=True)
class Reading:
    """The burst understood. `said` is its own assessment, `target` the qualification it leads to, for the `reasons`.

    `when_words` are the words in which `when` was said; `seller` is whom the customer wants to meet, in their words.
    """

    language: Language
    wording: Wording
    intents: Intents
    when: When | None
    when_words: str | None
    seller: str | None
    shown: tuple[OfferView, ...]
    pick: Pick | None
    facts: Facts
    name: str | None
    said: Assessment
    target: QualificationView
    evidence: tuple[str, ...]
    reasons: tuple[str, ...]
    asked_need: bool
    introduced: bool
    moving: bool


def read(situation: Situation) -> Reading:
    """Understand the burst in the light of the history and of what is stored.

    Whoever chooses a time is at least warm, whatever was said before.
    """
    burst = "\n".join(situation.burst)[-MAX_LINE:]
    earlier = tuple(line.text for line in situation.history if line.role == "customer")
    asked = _last_agent_text(situation)
    language = _language(situation, earlier)
    intents = read_intents(burst)
    if not intents.minor and any(read_intents(line).minor for line in earlier):
        intents = replace(intents, minor=True)  # nobody comes of age in a conversation
    when = parse_when(burst, situation.now, situation.zone, language)
    shown = shown_offers(asked, situation.offers)
    facts = _burst_facts(situation, asked, language)
    said = assess(situation.burst)
    choice = _tapped(situation) or pick(Burst(burst, when, intents), shown, situation.offers, situation.zone)
    target, judged = _target(situation, earlier, facts, said)
    evidence, reasons = judged.evidence, judged.reasons
    if (target.interest, target.score) != (judged.interest, judged.score):
        reasons = (KEPT,)
    waiting = None if when else _earlier_when(situation, earlier, language)
    if isinstance(choice, Chosen) and target.interest in {"cold", "not_interested"}:
        target, evidence = replace(target, interest="warm", score=WARM), situation.burst[-1:]
        reasons = (f"chose a time {WARM:+d}",)
    return Reading(
        language=language,
        wording=WORDINGS[situation.script.language_for(language) if situation.script else language],
        intents=intents,
        when=when or (waiting[0] if waiting else None),
        when_words=burst if when else waiting[1] if waiting else None,
        seller=wanted_seller(burst),
        shown=shown,
        pick=choice,
        facts=facts,
        name=_name(situation, earlier, facts),
        said=said,
        target=target,
        evidence=evidence,
        reasons=reasons,
        asked_need=any(_asks(line.text, "need") for line in situation.history if line.role == "agent"),
        introduced=any(line.role != "customer" for line in situation.history),
        moving=any(wording.move_marker in asked for wording in WORDINGS.values()),
    )


def _language(situation: Situation, earlier: tuple[str, ...]) -> Language:
    previous = situation.language or (detect(earlier) if earlier else None)
    return detect(situation.burst, previous)


def _last_agent_text(situation: Situation) -> str:
    """The agent's last message, unless a teammate has written since."""
    last = next((line for line in reversed(situation.history) if line.role != "customer"), None)
    return last.text if last and last.role == "agent" else ""


def _asks(text: str, what: str) -> bool:
    markers = [wording.need_marker if what == "need" else wording.name_marker for wording in WORDINGS.values()]
    return any(marker in text for marker in markers)


def _burst_facts(situation: Situation, asked: str, language: Language) -> Facts:
    stated = extract(situation.burst)
    plain = [line for line in situation.burst if _plain_answer(line, situation, language)]
    bare = extract(plain, asked_name=_asks(asked, "name"), asked_need=_asks(asked, "need"))
    return Facts(
        name=stated.name or bare.name,
        email=stated.email,
        need=stated.need or bare.need,
        budget=stated.budget,
        timeline=stated.timeline,
        decision_maker=stated.decision_maker,
    )


def _plain_answer(line: str, situation: Situation, language: Language) -> bool:
    intents = read_intents(line)
    asks = (intents.person, intents.cancel, intents.move, intents.thanks, intents.yes, intents.other_times, intents.bot)
    asks += (intents.angry, intents.minor, asked_language(line) is not None)
    refuses = "refusal" in assess((line,)).signals
    if line.startswith(_SHOWN):
        return False
    return not any(asks) and not refuses and parse_when(line, situation.now, situation.zone, language) is None


def _tapped(situation: Situation) -> Pick | None:
    if situation.tapped_offer_id is None:
        return None
    tapped = (offer for offer in situation.offers if offer.offer_id == situation.tapped_offer_id)
    return next((Chosen(offer) for offer in tapped), Missed())


def _earlier_when(situation: Situation, earlier: tuple[str, ...], language: Language) -> tuple[When, str] | None:
    """A date named in the last few messages, with its words, while nothing has been offered for it yet."""
    if situation.offers or situation.meetings:
        return None
    for line in reversed(earlier[-RECENT_LINES:]):
        when = parse_when(line, situation.now, situation.zone, language)
        if when is not None:
            return when, line
    return None


def _name(situation: Situation, earlier: tuple[str, ...], facts: Facts) -> str | None:
    stored = situation.lead_name
    if facts.name and not (is_full(stored) and fold(facts.name) in fold(stored or "")):
        return facts.name
    return stored if is_full(stored) else extract(earlier).name or stored


def _target(
    situation: Situation, earlier: tuple[str, ...], facts: Facts, said: Assessment
) -> tuple[QualificationView, Assessment]:
    stored = situation.qualification
    told = extract(earlier)
    need = (stored.need if stored else None) or facts.need or told.need
    judged = assess((*earlier, *situation.burst), known_need=need)
    interest, score = judged.interest, judged.score
    downward = said.signals & DOWNWARD or said.interest == "not_interested"
    if stored and stored.interest != "not_interested" and stored.score >= score and not downward:
        interest, score = stored.interest, stored.score
    if stored and stored.interest == "not_interested" and not said.signals:
        interest, score = stored.interest, stored.score
    return QualificationView(
        interest,
        score,
        need,
        (stored.budget if stored else None) or facts.budget or told.budget,
        (stored.timeline if stored else None) or facts.timeline or told.timeline,
        (stored.decision_maker if stored else None) or facts.decision_maker or told.decision_maker,
    ), judged
