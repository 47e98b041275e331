"""Messages collected from the code, for babel (`make locale`): besides what stands in `_()`, what the store says, and
the help texts of the command line.

The store is not written for translation. What it says is found by where it stands: in the arguments of an error, or in
a module that `said.tsv` names; an f-string becomes a template (`"is larger than {0} MB"`), which `tui.locale.told`
reads backwards. Help texts are docstrings of commands and `help=` of their options. Neither can be forgotten when it is
changed. This module runs nothing of what it reads.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tui.locale.help_texts import messages_of
from tui.locale.told import CONTEXT

ERRORS = {
    **dict.fromkeys(
        ("StoreError", "InputError", "CorpusError", "UnavailableError", "BusyError", "ClusterError", "QueryError"),
        (0, 2),
    ),
    "_WrongError": (0,),
    "Refused": (0,),
    "Format": (1, 2),
}
"""What is called with sentences of the store, and which of its arguments they are, besides `what` and `remedy`."""
_BUILT_IN = ("AssertionError", "ValueError", "TypeError", "KeyError", "AttributeError", "NotImplementedError")
"""What is raised with words for programmers."""
_HOLE = re.compile(r"\{\d+\}")
_WORD = re.compile("[a-z]{2}")
_NO_SENTENCE = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|CREATE|PRAGMA|ORDER|JOIN|GROUP|ALTER|CASE|DESC|IS NULL|NOT NULL)\b"
    r"|\bcoalesce\("
    r"|\(\?|\\[bsdw]|[=<>] ?\?|\w, id$|\w\.\w+ AS "
)
_MARKED = {"_": "gettext", "N_": "gettext", "ngettext": "ngettext"}
"""What marks a message, and as what babel knows it."""
_SAID = ("what", "remedy")
_DEEPEST = 6
_COMMANDS = ("command", "group")
_OPTIONS = ("option", "argument")

Message = tuple[int, str, Any, list[str]]


class Leaf(NamedTuple):
    """A sentence, or an expression that is none and cannot be followed."""

    line: int
    template: str | None
    source: str


def extract(
    fileobj: BinaryIO, keywords: Mapping[str, Any], tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """A method of babel: what its own for Python finds, what the store says, and help texts."""
    from babel.messages.extract import extract_python

    name = Path(getattr(fileobj, "name", ""))
    if "store" not in name.parts:
        for one in extract_python(fileobj, keywords, tags, {"encoding": "utf-8"}):
            yield one[0], str(one[1]), one[2], []
        fileobj.seek(0)
    tree = ast.parse(fileobj.read())
    if "store" not in name.parts:
        yield from within_strings(tree)
    found = set(templates(tree))
    for module, but in whole_modules().items():
        if name.parts[-len(Path(module).parts) :] == Path(module).parts:
            found.update(all_templates(tree, but))
    for line, template in sorted(found):
        yield line, "pgettext", (CONTEXT, template), []
    if "cli" in name.parts:
        for line, text in helps(tree):
            yield line, "gettext", text, []


def within_strings(tree: ast.Module) -> Iterator[Message]:
    """Messages in the braces of f-strings, which babel sees from Python 3.12 on only."""
    for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        for node in ast.walk(text):
            if isinstance(node, ast.Call) and (called := _name(node.func)) in _MARKED:
                words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if words:
                    yield node.lineno, _MARKED[called], words[0] if len(words) == 1 else tuple(words), []


def extract_lines(
    fileobj: BinaryIO, keywords: Mapping[str, Any], tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """A method of babel for tables of the store: the first column is said to a person."""
    for number, line in enumerate(fileobj.read().decode().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, "pgettext", (CONTEXT, line.split("\t")[0]), []


def whole_modules() -> dict[str, frozenset[str]]:
    """The modules that `said.tsv` names, each with the strings that are told to nobody."""
    lines = (Path(__file__).with_name("said.tsv")).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {module: frozenset(but.split("|")) for module, _, but in rows}


def templates(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and template of each sentence in the arguments of errors."""
    for leaf in sentences(tree):
        if leaf.template is not None and _WORD.search(_HOLE.sub("", leaf.template)):
            yield leaf.line, leaf.template


def all_templates(tree: ast.Module, but: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and template of each string of a module that has words in a row and is neither SQL nor a docstring."""
    # its own pieces are no strings by themselves; what fills it may be
    pieces = {
        piece
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        for piece in (
            (part,) if isinstance(part, ast.Constant) else ast.walk(getattr(part, "format_spec", None) or part)
        )
        if isinstance(piece, ast.Constant) and (piece is part or getattr(part, "format_spec", None))
    }
    told_to_nobody = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _name(node.exc.func) in _BUILT_IN:
            told_to_nobody.update(one for one in ast.walk(node) if isinstance(one, ast.expr))
    for node in ast.walk(tree):
        if node in told_to_nobody or node in pieces:
            continue
        if isinstance(node, ast.JoinedStr):
            template = _template(node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # a string that is filled by `format` is a template already
            template = node.value if _HOLE.search(node.value) else _plain(node.value)
        else:
            continue
        words = _HOLE.sub("", template)
        whole = (
            _WORD.search(words)
            and " " in (words if words != template else words.strip())
            and not template.startswith(" ")
        )
        if template not in but and whole and not _NO_SENTENCE.search(words):
            yield node.lineno, template


def sentences(tree: ast.Module) -> Iterator[Leaf]:
    """What errors are made with, followed through the names of the module."""
    module = _Module(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (called := _name(node.func)) in ERRORS:
            places = ERRORS[called]
            for argument in (*(one for at, one in enumerate(node.args) if at in places), *_named(node, _SAID)):
                yield from module.leaves(argument)


def helps(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each help text: docstrings of commands, `help=` of options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorated = (one.func if isinstance(one, ast.Call) else one for one in node.decorator_list)
            if any(_name(one) in _COMMANDS for one in decorated) and (text := ast.get_docstring(node)):
                yield from ((node.lineno, part) for part in messages_of(text))
        elif isinstance(node, ast.Call) and _name(node.func) in _OPTIONS:
            for one in _named(node, ("help",)):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield from ((one.lineno, part) for part in messages_of(one.value))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _named(node: ast.Call, names: Iterable[str]) -> Iterator[ast.expr]:
    yield from (one.value for one in node.keywords if one.arg is not None and one.arg in names)


class _Module:
    """What the names of a module may stand for, as far as it can be seen without running it."""

    def __init__(self, tree: ast.Module) -> None:
        self._values: dict[str, list[ast.expr]] = {}
        self._returned: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self._assign(target, value)
                case (
                    ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value)
                ):
                    self._assign(target, value)
                case ast.FunctionDef(name=name):
                    found = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
                    self._returned.setdefault(name, []).extend(found)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for one, its in zip(target.elts, value.elts, strict=True):
                self._assign(one, its)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
            self._assign(target, value.body)
            self._assign(target, value.orelse)

    def leaves(self, node: ast.expr, deep: int = _DEEPEST) -> Iterator[Leaf]:
        """The sentences that an expression may be; what cannot be followed has no template."""

        def follow(one: ast.expr) -> Iterator[Leaf]:
            return self.leaves(one, deep - 1)

        match node:
            case ast.Constant(value=str() as text):
                yield Leaf(node.lineno, _plain(text), "")
            case ast.Constant():
                return
            case ast.JoinedStr(values=values):
                yield Leaf(node.lineno, _template(values), "")
                for part in values:
                    if isinstance(part, ast.FormattedValue):
                        yield from (one for one in follow(part.value) if one.template is not None) if deep else ()
            case _ if not deep:
                yield Leaf(node.lineno, None, ast.unparse(node))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                ends = list(follow(right))
                for begin in follow(left):
                    for end in ends:
                        whole = (
                            None if begin.template is None or end.template is None else begin.template + end.template
                        )
                        yield Leaf(node.lineno, whole, ast.unparse(node))
            case ast.IfExp(body=body, orelse=orelse):
                yield from follow(body)
                yield from follow(orelse)
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                for one in values:
                    yield from follow(one)
            case ast.Dict(values=values):
                for one in values:
                    yield from follow(one)
            case ast.Name(id=name) if name in self._values:
                for one in self._values[name]:
                    yield from follow(one)
            case ast.Subscript(value=ast.Name(id=name)) if name in self._values:
                for one in self._values[name]:
                    yield from follow(one)
            case ast.Call(func=ast.Name(id="N_"), args=[one]):
                yield from follow(one)
            case ast.Call(func=ast.Name(id="_" | "ngettext")):
                return  # a message already
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="_" | "ngettext")), attr="format")):
                return
            case ast.Starred(value=ast.Call(func=function)) | ast.Call(func=function) if (
                _name(function) in self._returned
            ):
                for one in self._returned[_name(function)]:
                    yield from follow(one)
            case _:
                yield Leaf(node.lineno, None, ast.unparse(node))


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _template(values: Iterable[ast.expr]) -> str:
    parts: list[str] = []
    holes = 0
    for one in values:
        if isinstance(one, ast.Constant):
            parts.append(_plain(str(one.value)))
        else:
            parts.append(f"{{{holes}}}")
            holes += 1
    return "".join(parts)
