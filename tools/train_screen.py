"""Train the classifier of the screen: `python -m tools.train_screen` writes `core/prompt_weights.json`.

Logistic regression by stochastic gradients (AdaGrad) in plain Python: a few seconds, no dependency, the same bytes
each time. The thresholds come from cross-validation in which whole grammars are held out, since the draws of one
grammar are alike. `--report` judges the held-out grammars and the frozen blind set (tests/fixtures/screen), which is
never trained on, with the whole screen, and prints what it missed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from core.prompt_classifier import BUCKETS, of_tokens, worst_window
from core.prompt_data import without_data
from core.prompt_normalise import fold, language, words
from core.prompt_security import inspect
from tools.screen_corpus import BLIND, Sentence, sentences

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "core" / "prompt_weights.json"
_FOLDS = 4
_EPOCHS = 4
_RATE = 0.15
_DECAY = 1e-5
_DROPPED = 0.3
_SCALE = 0.15
_MIXED = 0.6
_GRAMMARS = 2
_OFTEN = 3
_CLIPPED = 0.9995
_HOSTILE_MIX = 0.7
# The shares of held-out harmless sentences that a threshold may stop: ordinary talk, and talk that sounds like attacks.
_IN_PARTS = frozenset({"split-encode", "hand-encoded"})  # their words are cut on purpose
_CAUTION = (0.011, 0.03)
_BLOCK = (0.001, 0.005)


@dataclass(frozen=True, slots=True)
class Example:
    """The buckets of each token, the answer, and how much it counts."""

    tokens: list[list[int]]
    hostile: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights as floats, and the words that the model knows."""

    weights: array[float]
    bias: float
    known: frozenset[str]

    def logit(self, text: str) -> float:
        """The logit of the worst window of a text."""
        gains = [sum(self.weights[place] for place in token) for token in _tokens(text, self.known)]
        start, end = worst_window(gains)
        return self.bias + _SCALE * sum(gains[start:end])


def _tokens(text: str, known: frozenset[str]) -> list[list[int]]:
    return [[*own, *made] for own, made in of_tokens(language(fold(text), known).split(), known)]


def examples(corpus: Sequence[Sentence], known: frozenset[str]) -> list[Example]:
    """Every sentence, small talk put together, and attacks in the midst of small talk."""
    drawing = random.Random("examples")  # noqa: S311
    kept = _kept(corpus, known)

    def tokens(text: str) -> list[list[int]]:
        return [[place for place in token if place in kept] for token in _tokens(text, known)]

    harmless = [one.text for one in corpus if not one.hostile]
    hostile = [one.text for one in corpus if one.hostile]
    found = [Example(tokens(one.text), one.hostile, 1.0) for one in corpus]
    found.extend(
        Example(tokens(" ".join(drawing.sample(harmless, drawing.choice((2, 3, 5))))), False, 1.0)
        for _ in range(int(len(harmless) * _MIXED))
    )
    for _ in range(int(len(hostile) * _MIXED)):
        around = drawing.sample(harmless, drawing.choice((1, 2, 3)))
        around.insert(drawing.randrange(len(around) + 1), drawing.choice(hostile))
        found.append(Example(tokens(" ".join(around)), True, _HOSTILE_MIX))
    return found


def _kept(corpus: Sequence[Sentence], known: frozenset[str]) -> set[int]:
    """The buckets that more than one grammar fills: what a single one says is its phrasing, not its intent."""
    grammars: dict[int, set[tuple[str, int]]] = {}
    for one in corpus:
        for place in {place for token in _tokens(one.text, known) for place in token}:
            grammars.setdefault(place, set()).add((one.group, one.line))
    return {place for place, lines in grammars.items() if len(lines) >= _GRAMMARS}


def train(corpus: Sequence[Sentence]) -> Trained:
    """Weights that tell the hostile sentences from the others. Features are dropped at random, so none is relied on."""
    drawing = random.Random("train")  # noqa: S311
    known = frozenset(vocabulary(corpus))
    data = [example for example in examples(corpus, known) if example.tokens]
    weights, seen = array("d", bytes(8 * BUCKETS)), array("d", [1e-3]) * BUCKETS
    bias, bias_seen = 0.0, 1e-3
    for _ in range(_EPOCHS):
        drawing.shuffle(data)
        for example in data:
            start, end = worst_window([sum([weights[place] for place in token]) for token in example.tokens])
            chance = drawing.random
            active = [place for token in example.tokens[start:end] for place in token if chance() > _DROPPED]
            logit = bias + _SCALE * sum([weights[place] for place in active]) / (1 - _DROPPED)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - example.hostile) * example.weight
            for place in active:
                slope = error * _SCALE + _DECAY * weights[place]
                seen[place] += slope * slope
                weights[place] -= _RATE * slope / math.sqrt(seen[place])
            bias_seen += error * error
            bias -= _RATE * error / math.sqrt(bias_seen)
    return Trained(weights, bias, known)


def held_out(corpus: Sequence[Sentence]) -> list[tuple[Sentence, float]]:
    """Each sentence with its logit from a model that saw nothing of its grammar."""
    found: list[tuple[Sentence, float]] = []
    for fold_number in range(_FOLDS):
        here = [one for one in corpus if crc32(f"{one.group} {one.line}".encode()) % _FOLDS == fold_number]
        inside = {id(one) for one in here}
        model = train([one for one in corpus if id(one) not in inside])
        found.extend((one, model.logit(one.text)) for one in here)
    return found


def threshold(judged: Iterable[tuple[Sentence, float]], shares: tuple[float, float]) -> float:
    """The least logit that at most these shares of ordinary and of hard sentences reach."""
    judged = list(judged)
    reached: list[float] = []
    for group, share in zip(("ordinary", "hard"), shares, strict=True):
        logits = sorted((logit for one, logit in judged if one.group.startswith(group)), reverse=True)
        reached.append(logits[int(len(logits) * share)])
    return round(max(reached), 3)


def vocabulary(corpus: Sequence[Sentence]) -> list[str]:
    """The words that spelled-out and run-together letters are read as."""
    whole = [one for one in corpus if one.family not in _IN_PARTS]
    told = [(one, _words_alone(one.text)) for one in whole]
    often = Counter(word for _, said in told for word in said)
    hostile = {word for one, said in told if one.hostile for word in said}
    return sorted(word for word, times in often.items() if len(word) > 1 and (times >= _OFTEN or word in hostile))


def _words_alone(text: str) -> list[str]:
    return [word for word in words(without_data(fold(text), frozenset(), lambda _: False)).split() if word.isalpha()]


def packed(model: Trained, caution: float, block: float, known: list[str]) -> bytes:
    """The model as it ships: weights as signed bytes."""
    sizes = sorted(abs(weight) for weight in model.weights if weight)
    step = sizes[int(len(sizes) * _CLIPPED)] / 127
    small = array("b", (max(-127, min(127, round(weight / step))) for weight in model.weights))
    shipped = {
        "bias": round(model.bias, 4),
        "block": block,
        "caution": caution,
        "scale": round(_SCALE * step, 9),
        "weights": b64encode(small.tobytes()).decode(),
        "words": " ".join(known),
    }
    return (json.dumps(shipped, indent=0, sort_keys=True) + "\n").encode()


def report(corpus: Sequence[Sentence]) -> None:
    """Print how the classifier does on held-out grammars, and the whole screen on the blind set with what it missed."""
    stored = json.loads(WEIGHTS.read_bytes())
    print("held-out grammars, classifier alone: stopped / blocked / of")  # noqa: T201
    judged = held_out(corpus)
    for group in sorted({one.group for one in corpus}):
        logits = [logit for one, logit in judged if one.group == group]
        stopped, blocked = (sum(logit >= stored[name] for logit in logits) for name in ("caution", "block"))
        print(f"  {group:14} {stopped:5} {blocked:5} {len(logits):5}  {stopped / len(logits):.1%}")  # noqa: T201
    print("blind set, whole screen: stopped / blocked / of")  # noqa: T201
    for file in sorted(BLIND.glob("*.txt")):
        texts = [line.replace("\\n", "\n") for line in file.read_text("utf-8").splitlines()]
        verdicts = [inspect(text) for text in texts]
        stopped = sum(verdict.action != "allow" for verdict in verdicts)
        blocked = sum(verdict.action == "block" for verdict in verdicts)
        print(f"  {file.stem:20} {stopped:5} {blocked:5} {len(texts):5}  {stopped / len(texts):.1%}")  # noqa: T201
        hostile = "attacks" in file.stem
        for text, verdict in zip(texts, verdicts, strict=True):
            if (verdict.action == "allow") == hostile:
                print(f"      {verdict.score:.2f} {'; '.join(verdict.reasons)} | {text!r}")  # noqa: T201


def main() -> int:
    """Train and write; with `--check` say whether the stored file is what training gives; with `--report` judge."""
    parser = argparse.ArgumentParser(prog="train_screen")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    corpus = list(sentences())
    if options.report:
        report(corpus)
        return 0
    judged = held_out(corpus)
    content = packed(train(corpus), threshold(judged, _CAUTION), threshold(judged, _BLOCK), vocabulary(corpus))
    if options.check:
        return int(content != WEIGHTS.read_bytes())
    WEIGHTS.write_bytes(content)
    print(f"{WEIGHTS.name}: {len(content)} bytes, {len(corpus)} sentences")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
