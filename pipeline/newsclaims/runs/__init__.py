"""Run folders, read as streams: what ``newsclaims extract -o DIR`` wrote and what reviewers made of it.

``claims.jsonl`` and ``documents.jsonl`` list the same articles in the same order, so one pass over both
joins them, and memory does not grow with the run. What reviewers decided is held in memory: it grows with
the work of people, not with the number of articles.

``folder`` knows the files, ``journal`` the decisions of reviewers, ``decisions`` what they amount to, ``kinds`` the
claim types; ``run`` joins them, and ``selection`` takes from a run what somebody asked for.
"""

from newsclaims.runs.run import Run
from newsclaims.runs.selection import Selection

__all__ = ["Run", "Selection"]
