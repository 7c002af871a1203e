"""newsclaims: checkable claims out of news text.

    >>> import newsclaims
    >>> claims = newsclaims.extract("Jane Orme joined Brightwater from Halcyon.")

Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclaims.api import extract, extract_many, load
    from newsclaims.notebook import Claims
    from newsclaims.schema import Article, Claim, Deal, Employment, Figure, Move, Pay

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "Claims",
    "Deal",
    "Employment",
    "Figure",
    "Move",
    "Pay",
    "__version__",
    "extract",
    "extract_many",
    "load",
]

_HOME = {"extract": "api", "extract_many": "api", "load": "api", "Claims": "notebook"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"newsclaims.{_HOME.get(name, 'schema')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
