"""What prompt injection looks like: rules over word classes, and shapes over markup. Data of `core.prompt_security`.

A rule is a sequence of word classes (upper case, from `core.prompt_words`), literal words and gaps (`~3`: up to three
words between). A weight is the share of certainty, 0 to 1, that the rule alone gives.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A sequence of word classes, words and gaps; `not_after` is the word that must not come right before it."""

    reason: str
    weight: float
    pattern: str
    not_after: str = ""
    not_before: str = ""


RULES = (
    Rule("instruction override", 0.9, "FORGET ~3 QUAL ~3 RULES", not_after="me", not_before="PRACTICAL"),
    Rule("instruction override", 0.9, "FORGET ~3 RULES ~2 QUAL_AFTER", not_after="me", not_before="PRACTICAL"),
    Rule("instruction override", 0.9, "FORGET ~1 EVERYTHING ~3 TOLD", not_after="me"),
    Rule("instruction override", 0.6, "FORGET ~1 ABOVE"),
    Rule("instruction override", 0.5, "FORGET ~1 RULES", not_after="me", not_before="PRACTICAL"),
    Rule("instruction override", 0.6, "system override|instruction override|safety override"),
    Rule(
        "new instructions",
        0.6,
        "NEW ~2 RULES ~4 system|sistema|assistant|asistente|assistente|obedece|obey|obedeca|follow",
    ),
    Rule("new instructions", 0.85, "your|tus|suas NEW instructions|rules|instrucciones|reglas|instrucoes|regras"),
    Rule("new instructions", 0.6, "NOWBE"),
    Rule("role change", 0.65, "ACTAS ~4 PERSONA"),
    Rule("role change without limits", 0.9, "ACTAS ~8 UNBOUND"),
    Rule("role change without limits", 0.85, "NOWBE ~8 UNBOUND"),
    Rule("unlocked mode", 0.85, "ENABLE ~3 MODE"),
    Rule("unlocked mode", 0.55, "MODE"),
    Rule("prompt extraction", 0.9, "SHOW ~5 SYSPROMPT"),
    Rule("prompt extraction", 0.55, "PROMPTWORD"),
    Rule("prompt extraction", 0.85, "SHOW ~3 YOURRULES", not_before="PRACTICAL"),
    Rule("prompt extraction", 0.85, "SHOW ~1 ALLTEXT ~1 PLACE ~6 VERBATIM"),
    Rule("prompt extraction", 0.85, "repeat|print|output|repite|repeti|repita|imprime ~1 ALLTEXT ~1 PLACE"),
    Rule("tool name", 0.85, "TOOLNAME"),
    Rule("tool command", 0.6, "CALL ~2 TOOLWORD"),
    Rule("tool command with effect", 0.7, "CALL ~2 TOOLWORD ~4 TOOLVERB"),
    Rule("tool call syntax", 0.85, "CALLSYNTAX"),
    Rule("gate bypass", 0.6, "MARK ~4 STATUS ~4 WITHOUT ~2 GATE"),
    Rule("other people's data", 0.85, "GIVE ~4 DATA ~2 OF ~1 OTHERS"),
    Rule("other people's data", 0.85, "GIVE ~2 OTHERS ~1 DATA"),
    Rule("other people's data", 0.85, "LISTALL ~1 ALLCLIENTS"),
    Rule("other people's data", 0.55, "GIVE ~4 GENERIC ~1 OF ~1 OTHERS"),
    Rule("other people's data", 0.85, "LISTALL ~2 WHOLE ~1 DATABASE"),
    Rule("secrets", 0.9, "SHOW ~2 YOURTHE ~1 APIKEY"),
    Rule("secrets", 0.55, "SHOW ~3 APIKEY"),
    Rule("secrets", 0.9, "SHOW ~4 PASSWORD ~2 HOUSE"),
    Rule("secrets", 0.9, "SHOW ~3 HOUSE PASSWORD"),
    Rule("secrets", 0.6, "SHOW your|tu|tus|sus|suas PASSWORD"),
    Rule("forwarding", 0.85, "SENDOUT ~4 CLIENTDATA"),
    Rule("forwarding", 0.55, "SENDOUT ~4 TALK ~4 TO"),
    Rule("forwarding", 0.85, "SENDOUT ~4 TALK ~4 TO ~3 PHONE"),
    Rule("forwarding", 0.9, "SENDOUT ~6 TO EVERYONE"),
    Rule("forwarding", 0.5, "SENDOUT ~6 TO ~1 THIRD ~2 PHONE"),
    Rule("forwarding", 0.5, "SENDOUT ~4 TO PHONE"),
    Rule("authority over prices", 0.9, "IAM ~1 BOSS ~12 ALLOW ~6 BREAK"),
    Rule("authority over prices", 0.9, "IAM ~1 BOSS ~12 APPLY ~3 PCT ~3 BREAK"),
    Rule("authority over prices", 0.9, "BREAK ~8 IAM ~1 BOSS ~8 ALLOW"),
    Rule("authority over prices", 0.5, "APPLY ~3 PCT ~2 BREAK"),
    Rule("authority over prices", 0.5, "APPLY ~2 BREAK ~2 PCT"),
    Rule("authority over prices", 0.6, "ALLOW ~5 PCT ~3 BREAK"),
    Rule("authority over prices", 0.6, "autorizo|authorize|authorise ~4 BREAK"),
    Rule("false authority", 0.5, "IAM your|tu|seu BOSS"),
    Rule("false authority", 0.3, "IAM BOSS ~1 HOUSEOF"),
    Rule("price change", 0.6, "SETPRICE ~2 PRICE ~4 INTO ~2 NOTHING"),
    Rule("concealment", 0.5, "HIDE ~2 STAFF"),
    Rule("obedience", 0.85, "AGREE ANYASK ~3 SAYS"),
    Rule("binding offer", 0.5, "legally binding offer|oferta legalmente vinculante|oferta juridicamente vinculante"),
)

SHAPES = (
    ("fake delimiter", 0.85, re.compile(r"<\|?(?:im_start|im_end|endoftext|eot_id|start_header_id|end_header_id)\|?>")),
    ("fake delimiter", 0.85, re.compile(r"<\|(?:system|user|assistant|developer|sistema)\|>")),
    (
        "fake delimiter",
        0.85,
        re.compile(r"</?(?:system|assistant|developer|instructions?|sistema|asistente|tool_call)[^<>\w][^<>]{0,80}>?"),
    ),
    (
        "fake delimiter",
        0.85,
        re.compile(r"</?(?:system|assistant|developer|instructions?|sistema|asistente|tool_call)>"),
    ),
    ("fake delimiter", 0.85, re.compile(r"\[/?(?:inst|system|sistema|sys|system message|assistant)\]|<</?sys>>")),
    (
        "fake delimiter",
        0.6,
        re.compile(r"(?:^|\n)[ \t>*#\"']{0,8}(?:system|assistant|developer|asistente|assistente)[ \t*]{0,4}:"),
    ),
    ("fake delimiter", 0.5, re.compile(r"(?:^|\n)[ \t>*#]{0,8}sistema[ \t*]{0,4}:")),
    (
        "fake delimiter",
        0.6,
        re.compile(r"#{2,6} {0,3}(?:system|instruction|instrucci|instruco|assistant|sistema|new task)"),
    ),
    ("fake delimiter", 0.85, re.compile(r"[\"']role[\"']\s{0,4}:\s{0,4}[\"'](?:system|assistant|developer|tool)[\"']")),
    (
        "fake delimiter",
        0.8,
        re.compile(
            r"end of (?:user|customer) (?:input|message)|fi[nm] d(?:el mensaje del|a mensagem do) (?:usuario|cliente)"
        ),
    ),
    (
        "hidden markup",
        0.85,
        re.compile(r"<!--[^>]{0,200}?(?:ignor|instruc|system|prompt|assistant|sistema|asistente|olvid)"),
    ),
    (
        "hidden markup",
        0.6,
        re.compile(r"(?:display\s{0,3}:\s{0,3}none|font-size\s{0,3}:\s{0,3}0|visibility\s{0,3}:\s{0,3}hidden)"),
    ),
    (
        "active markup",
        0.6,
        re.compile(r"<(?:script|iframe|svg|img|object|embed|meta|link|style|form)[\s/>]|javascript:"),
    ),
    ("exfiltrating image", 0.85, re.compile(r"!\[[^\]\n]{0,200}\]\(\s{0,4}https?://[^)\s?]{1,300}\?")),
    (
        "query",
        0.85,
        re.compile(r"\b(?:drop|truncate) table\b|\bdelete from \w|\bunion (?:all )?select\b|rm -rf /|os\.system\("),
    ),
    (
        "query",
        0.85,
        re.compile(r"\bselect .{1,60}? from \w{0,20}(?:users|leads|tenants|customers|chat_messages|credentials)\b"),
    ),
)
