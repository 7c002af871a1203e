"""The review page: people accept, reject and mend the claims of a run beside its articles.

``journal`` keeps what they decide, ``decisions`` says what it amounts to, ``index`` makes a large run quick
to walk through, ``desk`` joins the three, and ``app`` shows the desk in a browser.
"""
