"""The same extraction on a Ray cluster.

An actor lives on some machine and drives one worker process there, as the local engine does. An article that
kills the process which reads it is then dealt with there and in the same way, and when an actor dies, the
machine is to blame and never an article.

:class:`RayPool` takes the place of the local pool: reader, order, ledger and files stay as they are, and so
do the bytes. :func:`write_shards` leaves the order out: Ray Data reads, extracts and writes Parquet.
"""

from newsclaims.distributed.connection import cluster
from newsclaims.distributed.pool import RayPool
from newsclaims.distributed.shards import write_shards

__all__ = ["RayPool", "cluster", "write_shards"]
