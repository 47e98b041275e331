"""Options that take one value are given once: of two values click would take the last, and say nothing."""

from __future__ import annotations

import click

from tui.locale import gettext as _


class Command(click.Command):
    """A command whose options are given once, but those that may be repeated and those without a value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does. Raises click.UsageError for the first option that is given a second value."""
        if not ctx.resilient_parsing:
            self._refuse_repeated(ctx, args)
        return super().parse_args(ctx, args)

    def _refuse_repeated(self, ctx: click.Context, args: list[str]) -> None:
        # The values come by name, and only the last of each; the order has what was given as often as it was.
        _values, _rest, order = self.make_parser(ctx).parse_args(list(args))
        seen: set[str | None] = set()
        for one in order:
            if not isinstance(one, click.Option) or one.multiple or one.is_flag or one.count:
                continue
            if one.name in seen:
                said = _("{option} takes one value and was given more than once: give it once")
                raise click.UsageError(said.format(option="/".join(one.opts)), ctx)
            seen.add(one.name)
