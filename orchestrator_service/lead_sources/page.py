"""A public form as HTML: it works on any phone without a script, and every text in it is escaped. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import quote

from orchestrator_service.lead_sources.models import LONGEST, FormField, FormSettings, Language
from orchestrator_service.lead_sources.words import WORDS, Fault, Note, Words

# Nothing may load but the page's own style sheet. Any site may hold it in a frame: nothing of a visitor is at stake.
PAGE_CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors *"
)
HEADERS: Final = {"Content-Security-Policy": PAGE_CSP, "X-Robots-Tag": "noindex, nofollow, noarchive"}
TRAP: Final = "website"  # people do not see it; whoever fills in everything does
SHOWN: Final = "shown"
CONSENT: Final = "consent"
_KINDS: Final = {"phone": ("tel", "tel"), "email": ("email", "email")}
_AUTOFILL: Final = {"full_name": "name", "company": "organization"}
_LONGEST_OWN: Final = 2000


def form_page(
    form: FormSettings,
    company: str,
    action: str,
    hidden: Mapping[str, str],
    *,
    values: Mapping[str, str] | None = None,
    faults: Mapping[str, Fault] | None = None,
    note: Note | None = None,
) -> str:
    """The questions, with what was answered already and what is wrong with it; `hidden` travels with the answers."""
    words, values, faults = WORDS[form.language], values or {}, faults or {}
    parts = [f'<p class="note" role="alert">{escape(words.notes[note])}</p>'] if note else []
    if form.intro:
        parts.append(f'<p class="intro">{escape(form.intro)}</p>')
    asked = "".join(_asked(field, words, values.get(field.key, ""), faults.get(field.key)) for field in form.fields)
    sent = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in hidden.items())
    trap = (
        f'<p class="trap" aria-hidden="true"><label>{escape(words.leave_empty)}'
        f'<input name="{TRAP}" tabindex="-1" autocomplete="off"></label></p>'
    )
    agreed = _consent(form, words, faults.get(CONSENT), checked=CONSENT in values)
    parts.append(
        f'<form method="post" action="{escape(action)}" novalidate>{sent}{trap}{asked}{agreed}'
        f'<button class="solid" type="submit">{escape(words.send)}</button></form>'
    )
    return _page(form.language, form.title, company, parts)


def thanks_page(form: FormSettings, company: str, business_number: str | None) -> str:
    """What everybody gets to see who sent something, whoever they are to the company."""
    words = WORDS[form.language]
    parts = [f'<p class="good" role="status">{escape(form.thanks or words.thanks)}</p>']
    digits = "".join(char for char in business_number or "" if char.isdecimal())
    if digits:
        address = f"https://wa.me/{digits}?text={quote(words.hello.format(form=form.title))}"
        parts.append(
            f'<a class="solid" href="{escape(address)}" target="_top" rel="noopener">{escape(words.whatsapp)}</a>'
        )
    return _page(form.language, words.thanks_title, company, parts)


def closed_page(language: Language) -> str:
    """What is said of every form that is not there, whatever the reason."""
    words = WORDS[language]
    return _page(language, words.closed_title, "", [f"<p>{escape(words.closed)}</p>"])


def slow_page(language: Language) -> str:
    """Somebody sends too often."""
    words = WORDS[language]
    return _page(language, words.slow_title, "", [f"<p>{escape(words.slow)}</p>"])


def _asked(field: FormField, words: Words, value: str, fault: Fault | None) -> str:
    name, shown = escape(field.key), escape(value)
    mark = "" if field.required else f' <span class="meta">({escape(words.optional)})</span>'
    said = f'<span class="fault" id="{name}-fault">{escape(words.faults[fault])}</span>' if fault else ""
    common = f'id="{name}" name="{name}"' + (" required" if field.required else "")
    if fault:
        common += f' aria-invalid="true" aria-describedby="{name}-fault"'
    if field.options:
        options = "".join(
            f"<option{' selected' if option == value else ''}>{escape(option)}</option>" for option in field.options
        )
        control = f'<select {common}><option value="">{escape(words.choose)}</option>{options}</select>'
    elif field.key == "need":
        control = f'<textarea {common} rows="4" maxlength="{LONGEST["need"]}">{shown}</textarea>'
    else:
        kind, fill = _KINDS.get(field.key, ("text", _AUTOFILL.get(field.key, "off")))
        longest = next((most for key, most in LONGEST.items() if key == field.key), _LONGEST_OWN)
        control = f'<input {common} type="{kind}" autocomplete="{fill}" maxlength="{longest}" value="{shown}">'
    return f'<div class="field"><label for="{name}">{escape(field.label)}{mark}</label>{control}{said}</div>'


def _consent(form: FormSettings, words: Words, fault: Fault | None, *, checked: bool) -> str:
    if not form.consent:
        return ""
    said = f'<span class="fault" id="consent-fault">{escape(words.faults[fault])}</span>' if fault else ""
    marks = ' aria-invalid="true" aria-describedby="consent-fault"' if fault else ""
    box = f'<input type="checkbox" name="{CONSENT}" value="yes" required{" checked" if checked else ""}{marks}>'
    return f'<div class="field"><label class="agree">{box}<span>{escape(form.consent)}</span></label>{said}</div>'


def _page(language: Language, title: str, company: str, parts: list[str]) -> str:
    named = f"{title} · {company}" if company else title
    above = f'<p class="company">{escape(company)}</p>' if company else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(named)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/f/page.css">'
        f"</head><body><main>{above}<h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )
