"""The report of a run as one HTML file that needs no network: figures, plots, every conversation. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from nexus.evaluation.judge import Failure
from nexus.evaluation.play import Played, Result
from nexus.evaluation.plots import bars, spread
from nexus.evaluation.report import Report, call_line
from nexus.evaluation.seen import Spoken

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --good: #1b6e3c; --bad: #b01e3a; --soft: #8882; }
@media (prefers-color-scheme: dark) { :root { --good: #58c98a; --bad: #ff7a90; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.figures { display: flex; flex-wrap: wrap; gap: 1.5rem; margin: 1rem 0; }
.figures b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); }
details { border-top: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; }
.step { border-left: 2px solid var(--line); margin: .75rem 0 .75rem .25rem; padding-left: .75rem; }
.when, .tool { color: color-mix(in srgb, currentColor 70%, transparent); font-size: .85rem; }
.said { white-space: pre-wrap; border-radius: .75rem; padding: .35rem .7rem; margin: .25rem 0; max-width: 42rem;
  width: fit-content; background: var(--soft); overflow-wrap: anywhere; }
.agent { margin-left: auto; border: 1px solid var(--line); background: none; }
.choice { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; margin: .1rem; }
.failure { border-left: 3px solid var(--bad); padding-left: .6rem; margin: .4rem 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; } svg text { fill: currentColor; }
.tool { overflow-wrap: anywhere; }
"""


def page(report: Report) -> str:
    """The whole document; its policy lets it load nothing."""
    failed = [result for result in report.results if not result.passed]
    passed = [result for result in report.results if result.passed]
    return "".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>nexus eval: {report.passed} of {len(report.results)}</title><style>{_STYLE}</style></head><body>",
            "<h1>Conversations with the agent</h1>",
            f"<p>Brain: {escape(report.brain)}</p>",
            _figures(report),
            "<h2>Passed, by folder</h2>",
            bars(list(_by_folder(report.results))),
            "<h2>Seconds of a scenario</h2>",
            spread([result.seconds for result in report.results], "s"),
            _cost(report.results),
            _part("Failed", failed, opened=True),
            _part("Passed", passed, opened=False),
            "</body></html>\n",
        )
    )


def _figures(report: Report) -> str:
    failed = len(report.results) - report.passed
    steps = sum(len(result.steps) for result in report.results)
    cost = sum(result.cost for result in report.results)
    figures = (
        ("good" if not failed else "", f"{report.passed} / {len(report.results)}", "scenarios passed"),
        ("bad" if failed else "", str(failed), "failed"),
        ("", str(steps), "bursts answered"),
        ("", f"US$ {cost:.4f}", "spent"),
        ("", f"{report.seconds:.1f} s", "in all"),
    )
    told = "".join(f'<div class="{kind}"><b>{figure}</b>{words}</div>' for kind, figure, words in figures)
    return f'<div class="figures">{told}</div>'


def _by_folder(results: Sequence[Result]) -> Iterator[tuple[str, int, int]]:
    folders = sorted({_folder(result) for result in results})
    for folder in folders:
        own = [result for result in results if _folder(result) == folder]
        yield folder, sum(result.passed for result in own), len(own)


def _folder(result: Result) -> str:
    return result.name.rpartition("/")[0] or "."


def _cost(results: Sequence[Result]) -> str:
    if not any(result.cost for result in results):
        return ""
    return "<h2>US dollars of a scenario</h2>" + spread([result.cost for result in results], "US$")


def _part(name: str, results: Sequence[Result], *, opened: bool) -> str:
    if not results:
        return ""
    return f"<h2>{name}: {len(results)}</h2>" + "".join(_scenario(result, opened=opened) for result in results)


def _scenario(result: Result, *, opened: bool) -> str:
    mark = '<span class="good">✓</span>' if result.passed else '<span class="bad">✗</span>'
    head = f"{mark} {escape(result.title)} <span class='when'>{escape(result.name)}</span>"
    body = "".join(_step(step, result.zone) for step in result.steps) + _failures(result.end, "at the end")
    return f"<details{' open' if opened else ''}><summary>{head}</summary>{body}</details>"


def _step(step: Played, zone: str) -> str:
    seen = step.seen
    local = seen.at.astimezone(ZoneInfo(zone))
    calls = "".join(f'<div class="tool">{escape(call_line(call))}</div>' for call in seen.calls)
    facts = [f"{local:%a %d %b %Y %H:%M}"]
    facts += [f"screen: {seen.verdict}"] if seen.verdict not in {None, "allow"} else []
    facts += [f"{seen.qualification.interest} {seen.qualification.score}"] if seen.qualification else []
    facts += [f"{seen.tokens} tokens, US$ {seen.cost:.4f}"] if seen.tokens else []
    return (
        f'<div class="step"><div class="when">{escape(" · ".join(facts))}</div>'
        f"{_said(seen.heard)}{calls}{_said(seen.replies)}{_failures(step.failures, f'step {step.number}')}</div>"
    )


def _said(spoken: Iterable[Spoken]) -> str:
    return "".join(
        f'<div class="said {one.who}">{escape(one.text)}'
        + "".join(f'<br><span class="choice">{escape(choice)}</span>' for choice in one.choices)
        + "</div>"
        for one in spoken
    )


def _failures(failures: Iterable[Failure], where: str) -> str:
    return "".join(
        f'<div class="failure"><b>{escape(where)}, {escape(one.what)}</b><br>expected: {escape(one.expected)}'
        f"<br>got: {escape(one.got)}</div>"
        for one in failures
    )
