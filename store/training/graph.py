"""The trained tagger as an ONNX graph for onnxruntime's CPU, with weights in 8 bits.

The graph is written by hand and not traced: it uses the fused operators of onnxruntime (`com.microsoft`), which a
traced one reaches only through passes that depend on the version of the tracer. Weights are quantised by columns,
activations by onnxruntime as they come (dynamic quantisation), embeddings by rows; norms and the head stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Floats = npt.NDArray[np.float32]

_FUSED = "com.microsoft"
_OPSET = 18
_IR_VERSION = 9


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []

    def tensor(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.tensors.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def linear(self, states: str, name: str, weight: Floats, bias: Floats | None) -> str:
        """A layer with 8-bit weights; `weight` is out by in, as PyTorch has it."""
        small, scale = quantised(weight.T)
        inputs = [
            states,
            self.tensor(f"{name}.weight", np.ascontiguousarray(small)),
            self.tensor(f"{name}.scale", scale),
            self.tensor(f"{name}.zero", np.zeros(scale.shape, np.int8)),
        ]
        if bias is not None:
            inputs.append(self.tensor(f"{name}.bias", bias))
        return self.node("DynamicQuantizeMatMul", inputs, name, _FUSED)

    def norm(self, added: str, states: str, name: str, tensors: Mapping[str, Floats], epsilon: float) -> str:
        weight, bias = (self.tensor(f"{name}.{part}", tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("SkipLayerNormalization", [added, states, weight, bias], name, _FUSED, epsilon=epsilon)


def quantised(weight: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """A matrix in 8 bits with one scale a column: `small * scale` is nearly `weight`."""
    scale = np.maximum(np.abs(weight).max(0) / 127, 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale


def write(
    path: Path,
    tensors: Mapping[str, Floats],
    pieces: Sequence[str],
    scores: Sequence[float],
    about: Mapping[str, object],
) -> None:
    """Write the graph; `tensors` are named as in `network.Tagger` (`encoder.` left out), `about` says `version`,
    `heads` and `epsilon`. Inputs are `ids` and `mask`, the output is `logits`."""
    graph = _Graph()
    epsilon, heads = float(str(about["epsilon"])), int(str(about["heads"]))
    small, scale = quantised(tensors["word.weight"].T)
    graph.tensor("word.weight", np.ascontiguousarray(small.T))
    graph.tensor("word.scale", scale[:, None])
    rows = graph.node("Cast", [graph.node("Gather", ["word.weight", "ids"], "rows8")], "rows", to=TensorProto.FLOAT)
    words = graph.node("Mul", [rows, graph.node("Gather", ["word.scale", "ids"], "scales")], "words")
    length = graph.node("Shape", ["ids"], "length", start=1, end=2)
    zero = graph.tensor("zero", np.array([0], np.int64))
    places = graph.node("Slice", [graph.tensor("place.weight", tensors["place.weight"]), zero, length, zero], "places")
    summed = graph.node("Add", [words, places], "summed")
    weight, bias = (graph.tensor(f"norm.{part}", tensors[f"norm.{part}"]) for part in ("weight", "bias"))
    states = graph.node("LayerNormalization", [summed, weight, bias], "norm", axis=-1, epsilon=epsilon)
    for layer in range(sum(name.endswith(".mix.weight") for name in tensors)):
        states = _layer(graph, f"layers.{layer}", states, tensors, heads, epsilon)
    head = graph.tensor("head.weight", np.ascontiguousarray(tensors["head.weight"].T))
    product = graph.node("MatMul", [states, head], "product")
    graph.node("Add", [product, graph.tensor("head.bias", tensors["head.bias"])], "logits")
    labels = len(tensors["head.bias"])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "khabar",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"]),
                helper.make_tensor_value_info("mask", TensorProto.INT32, ["batch", "length"]),
            ],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", labels])],
            graph.tensors,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        producer_name="khabar",
    )
    model.ir_version = _IR_VERSION
    vocabulary = {"pieces": list(pieces), "scores": [round(score, 3) for score in scores]}
    helper.set_model_props(
        model,
        {
            "version": str(about["version"]),
            "licence": "CC BY-SA 4.0",
            "pieces": json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")),
        },
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _layer(graph: _Graph, name: str, states: str, tensors: Mapping[str, Floats], heads: int, epsilon: float) -> str:
    def of(part: str) -> tuple[Floats, Floats]:
        return tensors[f"{name}.{part}.weight"], tensors[f"{name}.{part}.bias"]

    attended = graph.linear(states, f"{name}.attend", *of("attend"))
    parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
    graph.nodes.append(helper.make_node("Split", [attended], parts, axis=-1, num_outputs=3))
    heard = graph.node("MultiHeadAttention", [*parts, "", "mask"], f"{name}.heard", _FUSED, num_heads=heads)
    mixed = graph.linear(heard, f"{name}.mix", *of("mix"))
    states = graph.norm(mixed, states, f"{name}.first_norm", tensors, epsilon)
    weight, bias = of("widen")
    wide = graph.linear(states, f"{name}.widen", weight, None)
    wide = graph.node("BiasGelu", [wide, graph.tensor(f"{name}.widen.bias", bias)], f"{name}.gelu", _FUSED)
    narrow = graph.linear(wide, f"{name}.narrow", *of("narrow"))
    return graph.norm(narrow, states, f"{name}.second_norm", tensors, epsilon)
