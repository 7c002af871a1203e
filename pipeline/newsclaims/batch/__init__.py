"""The engine: articles stream from a reader through worker processes to one writer, in order.

`pieces` cuts and packs, `worker` extracts, `pool` keeps the workers alive and their results in order, `sinks`
and `ledger` keep what was done so that a killed run goes on, and `run` joins them.
"""
