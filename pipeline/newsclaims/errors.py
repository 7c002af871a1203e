"""Errors whose message is one line for a person: what is wrong, where, and the way out."""

from __future__ import annotations


class NewsclaimsError(Exception):
    """Base of all errors that the command line shows as one line."""


class InputError(NewsclaimsError):
    """An input that gives no article, or a file that is not what its name says."""


class ModelError(NewsclaimsError):
    """The spaCy model is missing or lacks a component."""


class RuleError(NewsclaimsError):
    """A rule file has a fault; the message names file, rule and key."""
