"""What stands above a list besides its filter: apps add tools, each asked once for a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django_filters import FilterSet


@dataclass(frozen=True)
class ShownList:
    """A list as it is shown: the name of its address and the filter set, if it has one.

    `has_arguments` says that the address names a thing, as the papers of one subject.
    """

    name: str
    filters: FilterSet | None
    has_arguments: bool = False


GO_TO = "go_to"  # a tool that answers with this leads the reader to another address
Tool = Callable[[HttpRequest, ShownList], Mapping[str, Any]]
_tools: list[Tool] = []


def register(tool: Tool) -> Tool:
    """Adds what `tool(request, shown)` gives to the context of every list; once for each tool."""
    if tool not in _tools:
        _tools.append(tool)
    return tool


def context_for(request: HttpRequest, filters: FilterSet | None) -> dict[str, Any]:
    """What the tools give for a list."""
    match = request.resolver_match
    shown = ShownList(
        name=match.view_name if match else "",
        filters=filters,
        has_arguments=bool(match and match.kwargs),
    )
    return {key: value for tool in _tools for key, value in tool(request, shown).items()}
