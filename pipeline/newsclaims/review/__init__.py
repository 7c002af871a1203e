"""The review page: people accept, reject and mend the claims of a run beside its articles.

``index`` makes a large run and its journal quick to walk through, ``desk`` is where claims are judged and mended, and
``app`` shows the desk in a browser.
"""
