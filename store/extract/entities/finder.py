"""Names of a text: what rules propose and models weigh, made into mentions that are linked to one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.extract.entities import crf, decode, features, rules, sources, spans, within
from store.extract.entities.lexicon import Kind
from store.extract.entities.select import THRESHOLD, Candidate, select
from store.extract.entities.tokens import Tokens, tokenize
from store.models import Block, Mention, Recogniser, Sentence
from store.resolve import names, places
from store.text.fold import fold

VERSIONS: dict[Recogniser, str] = {"fast": "2", "accurate": "1"}
"""Of the recognisers: another number when the same text may give other names."""

MODEL = "model"
"""The rule of a name that no rule proposed: the models alone found it."""
_NO_QUOTES = str.maketrans("", "", '"“”«»„')
_FIRM = 0.6
"""Rules with a lower score than this only suggest."""
# How much the encoder's log probabilities count beside what speaks for a label in the fast recogniser's model.
_ENCODER_WEIGHT = 2.0


def prepare(recogniser: Recogniser) -> None:
    """Loads what a recogniser needs, which its first use does otherwise. Raises what loading raises."""
    crf.model()
    if recogniser == "accurate":
        from store.extract.entities.encoder import encoder

        encoder()


def find(
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[Block] = (),
    recogniser: Recogniser = "fast",
    model: crf.Model | None = None,
) -> list[Mention]:
    """The mentions of `text` in reading order, without overlaps, linked to one another by `store.resolve.names`.

    The fast recogniser weighs what rules propose with a small statistical model; the accurate one asks an encoder as
    well, which takes some twenty times as long. Offsets are code points of `text`; spans leave proclitics out
    (`لبغداد` gives `بغداد`). `sentences` are not needed by the recogniser, which ends names at punctuation
    and line ends; `blocks` are read for source lines. Linear in the length of the text but for the choice among
    overlaps, O(n log n). `model` stands in for the shipped one of the fast recogniser while models are made. Raises
    nothing, whatever the text.
    """
    tokens = tokenize(text)
    if not tokens.words:
        return []
    proposed = rules.propose(tokens, blocks)
    chosen = select(proposed)
    model = model or crf.model()
    emissions = model.emissions(tokens, chosen, proposed)
    starts = features.segments(tokens)
    if recogniser == "accurate":
        from store.extract.entities import encoder

        emissions += _ENCODER_WEIGHT * encoder.encoder().emissions(tokens)
    labels = decode.viterbi(emissions, starts, model.transitions, model.begin)
    certain = decode.certainty(emissions, starts, model.transitions, model.begin, labels)
    if recogniser == "accurate":
        # Two that judge alike are not twice as sure: what both have read is told with less confidence.
        both = slice(0, encoder.MOST_WORDS)
        scale = np.float32(1 / _ENCODER_WEIGHT)
        milder = decode.certainty(scale * emissions, starts, scale * model.transitions, model.begin, labels)
        certain[both] = milder[both]
    named = _candidates(tokens, model, proposed, spans.spans(labels.tolist(), certain.tolist()))
    named.extend(one for one in chosen if one.rule in sources.RULES)
    named = rules.outside_addresses(text, named)
    named = select(_agreed(tokens, proposed, named))
    named = select([*named, *within.find(tokens, named)])
    return places.link(text, names.link(text, [_mention(tokens, one, recogniser) for one in named]))


def _candidates(
    tokens: Tokens, model: crf.Model, proposed: Sequence[Candidate], named: Sequence[spans.Named]
) -> list[Candidate]:
    """What was labelled, as spans of the text; where a rule says the same words, with its offsets and its name."""
    ruled = spans.exact(proposed)
    elsewhere = {word.form for word in tokens.words}
    found = []
    last = 0
    for one in named:
        score = max(THRESHOLD, one.score)
        rule = ruled.get((one.first, one.end, one.type))
        if rule is not None:
            weight = score * (one.end - one.first)
            found.append(Candidate(rule.first, rule.end, rule.start, rule.stop, rule.type, rule.rule, score, weight))
            last = rule.stop
            continue
        skip = model.skip(tokens, one.first, one.type, elsewhere)
        start = tokens.offset(one.first, skip)
        start, stop = spans.quoted(tokens, start, tokens.ends[one.end - 1], last)
        last = stop
        found.append(Candidate(one.first, one.end, start, stop, one.type, MODEL, score, score * (one.end - one.first)))
    return found


def _agreed(tokens: Tokens, proposed: Sequence[Candidate], named: Sequence[Candidate]) -> list[Candidate]:
    """The same words are the same kind of thing: what a firm rule says of them somewhere holds wherever none does."""
    ruled = spans.exact(proposed)
    firm = [
        ((rule := ruled.get((one.first, one.end, one.type))) is not None and rule.score >= _FIRM)
        or one.rule in sources.RULES
        for one in named
    ]  # fmt: skip
    said = {_forms(tokens, one): one.type for one, sure in zip(named, firm, strict=True) if sure}
    return [
        one if sure or (kind := said.get(_forms(tokens, one), one.type)) == one.type else one._replace(type=kind)
        for one, sure in zip(named, firm, strict=True)
        if sure or not _adjective(tokens, one)
    ]


def _forms(tokens: Tokens, one: Candidate) -> tuple[str, ...]:
    return tuple(tokens.words[at].form for at in range(one.first, one.end))


def _adjective(tokens: Tokens, one: Candidate) -> bool:
    """Whether what the model takes for a surname is an adjective after its noun (القرار الحكيم)."""
    if one.type != "PER" or one.end - one.first > 1 or not one.first or not tokens.near(one.first):
        return False
    word, before = tokens.words[one.first], tokens.words[one.first - 1]
    return (
        word.form.startswith("ال")
        and before.form.startswith("ال")
        and bool(before.kind & Kind.COMMON)
        and not before.kinds & (Kind.VERB | Kind.TITLE | Kind.GIVEN | Kind.FAMILY)
    )


def _mention(tokens: Tokens, one: Candidate, recogniser: Recogniser) -> Mention:
    surface = tokens.text[one.start : one.stop]
    name = _spoken(tokens, one, surface)
    return Mention(
        start=one.start,
        end=one.stop,
        text=surface,
        type=one.type,
        name=name,
        entity=None,
        score=round(one.score, 2),
        extractor=recogniser,
        version=VERSIONS[recogniser],
        rule=one.rule,
        reason="",
    )


def _spoken(tokens: Tokens, one: Candidate, surface: str) -> str:
    """The name as it reads alone: with the article that ل has swallowed, without quotation marks, on one line."""
    start = tokens.starts[one.first]
    skipped = len(fold(tokens.text[start : one.start])) if one.start > start else 0
    if skipped and surface.startswith("ل"):
        bases = [reading for reading in tokens.words[one.first].readings if reading.skip == skipped]
        listed = next((reading for reading in bases if reading.kind or reading.known), bases[0] if bases else None)
        # للبنان is لبنان, للبنك is البنك.
        if listed is not None and listed.base.startswith("ال"):
            surface = "ا" + surface
    return " ".join(surface.translate(_NO_QUOTES).split())
