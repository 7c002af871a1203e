"""Types of the fixtures in ``conftest.py``."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from newsclaims.schema import Claim

Read = Callable[[str], Doc]
"""Reads a text: its mentions, reports and claims."""
Says = Callable[[str], list[Claim]]
"""The claims of a text."""
