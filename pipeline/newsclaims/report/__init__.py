"""A run as one self-contained HTML page: what was claimed, by whom, and where it stands.

``words`` says a claim in words, ``facts`` gathers all claims of a run in a temporary database, ``sections``
and ``amounts`` read from it what each part of the page shows, ``sankey`` and ``scale`` specify the pictures
that ``picture`` draws, ``reader`` marks articles, and ``page`` puts it all into the templates.
"""
