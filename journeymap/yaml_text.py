"""YAML as people write it: what counts as a number, no key twice, and on which line a part stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from journeymap.values import Path as Place


class Loader(yaml.SafeLoader):  # type: ignore[misc]
    """YAML that reads what people mean.

    Only true and false are truth values, so that the country NO stays a text. Numbers are decimal, so that a postcode
    with a leading zero and a time of day stay texts. No key stands twice.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Read a mapping; a key that stands twice is an error."""
        keys = [key.value for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                line = node.value[position][0].start_mark.line + 1
                raise DefinitionError(
                    f"{key!r} stands twice in one place, the second time on line {line}.", right="Once."
                )
        return super().construct_mapping(node, deep)


_NUMBERS = {
    "int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "float": re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?"),
}
_KEPT = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "merge", "timestamp", "bool")}
Loader.yaml_implicit_resolvers = {
    first: [
        (tag, form)
        for tag, form in resolvers
        if tag in _KEPT and (not tag.endswith(":bool") or first in {"t", "T", "f", "F"})
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _kind, _form in _NUMBERS.items():
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_form.pattern})$"), list("-0123456789")
    )


DEEPEST = 40
"""How deep the parts of a document may lie in one another."""


class PlainLoader(Loader):
    """YAML that says each part once: no names for parts, of which a few lines may stand for more than fits into memory."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Read one part; one that is a repetition by name, or lies too deep, is an error."""
        if self._depth > DEEPEST or self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="parts are nested too deep, or repeated by name",
                problem_mark=self.peek_event().start_mark,
            )
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def line_of(node: yaml.Node | None, path: Place) -> int:
    """Follow a path into a composed document and return the line, from 1, of the last part that exists."""
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
