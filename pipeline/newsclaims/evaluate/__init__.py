"""Extracted claims measured against gold claims.

A gold fact is found when a claim of its type has its key right; several claims of one fact count once.
Slots are counted on the facts found, and those of facts missed and of claims without a fact count as errors.

>>> from newsclaims.evaluate import evaluate
>>> evaluate(gold_articles, claims).claim.f1
"""

from newsclaims.evaluate.calibration import Reliability, reliability
from newsclaims.evaluate.score import Evaluation, Rates, evaluate

__all__ = ["Evaluation", "Rates", "Reliability", "evaluate", "reliability"]
