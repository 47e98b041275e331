"""Options that take one value are given once: of two values click would take the last, and say nothing.

That holds for the corpus too, though an alias may give one already: which of two is meant nobody knows, and what is
written into the wrong one is not taken out again. An environment variable gives way to an option, and is offered.
"""

from __future__ import annotations

import click

from tui.locale import gettext as _
from tui.locale import semicolon


class Command(click.Command):
    """A command whose options are given once, but those that may be repeated and those without a value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does. Raises click.UsageError for the first option that is given a second value, and for one that
        stands before the command (`-c`), with its place."""
        try:
            if not ctx.resilient_parsing:
                self._refuse_repeated(ctx, args)
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            root = ctx.find_root()
            known = next((one for one in root.command.params if error.option_name in one.opts), None)
            if root is ctx or not isinstance(known, click.Option):
                raise
            value = "" if known.is_flag else " …"
            rest = ctx.command_path.removeprefix(f"{root.command_path} ")
            example = f"{root.command_path} {error.option_name}{value} {rest} …"
            said = _("{option} stands before the command: {example}").format(option=error.option_name, example=example)
            raise click.UsageError(said, ctx) from None

    def _refuse_repeated(self, ctx: click.Context, args: list[str]) -> None:
        # The values come by name, and only the last of each; the order has what was given as often as it was.
        _values, _rest, order = self.make_parser(ctx).parse_args(list(args))
        seen: set[str | None] = set()
        for one in order:
            if not isinstance(one, click.Option) or one.multiple or one.is_flag or one.count:
                continue
            if one.name in seen:
                option = "/".join(one.opts)
                said = _("{option} takes one value and was given more than once: give it once").format(option=option)
                if one.envvar is not None:
                    instead = _("an alias can set {variable} instead, which {option} overrides")
                    said += semicolon() + instead.format(variable=one.envvar, option=option)
                raise click.UsageError(said, ctx)
            seen.add(one.name)
