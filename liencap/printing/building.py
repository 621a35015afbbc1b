"""Build frozen values again from the JSON in which they were kept."""

import dataclasses
import typing
from typing import Any, Literal


def build(kind: Any, value: Any) -> Any:
    """Check and build one value after its annotation."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        if not isinstance(value, dict) or not set(value) <= set(hints):
            raise ValueError(f"These are not the keys of {kind.__name__}.")
        try:
            return kind(**{name: build(hints[name], held) for name, held in value.items()})
        except TypeError as error:
            raise ValueError(f"{kind.__name__}: {error}") from error
    origin = typing.get_origin(kind)
    if origin is tuple and isinstance(value, list):
        inner = typing.get_args(kind)[0]
        return tuple(build(inner, held) for held in value)
    if origin is Literal and value in typing.get_args(kind):
        return value
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise ValueError(f"{value!r:.60} is not {kind}.")
