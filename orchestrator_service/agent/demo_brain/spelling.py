"""Words as people type them in a hurry: "nesesito", "kiero", "urjente" mean what they sound like."""

_HEARD = (
    ("necesit", "ne[cs]e[sc]it"),
    ("necessit", "ne[cs]+e[sc]+it"),
    ("quiero", "(?:qu|k)iero"),
    ("queremos", "(?:qu|k)eremos"),
    ("quisiera", "(?:qu|k)i[sc]iera"),
    ("busco", "bus[ck]o"),
    ("urgente", "ur[gj]ente"),
    ("cuanto", "[ck]uanto"),
    ("precio", "pre[cs]io"),
    ("reunion", "re?uni[oó]n"),
    ("agendar", "a[gj]endar"),
    ("horario", "h?orario"),
    ("preciso", "pre[cs]i[sz]o"),
    ("interesad", "intere[sz]ad"),
)


def lenient(pattern: str) -> str:
    """The pattern, which also finds the usual misspellings of the words in it."""
    for word, heard in _HEARD:
        pattern = pattern.replace(word, heard)
    return pattern
