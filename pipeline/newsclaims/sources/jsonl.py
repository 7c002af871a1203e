"""``.jsonl``, ``.ndjson``: one article a line. A bad line costs itself alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newsclaims.sources import rows
from newsclaims.sources.errors import SyntaxFaultError
from newsclaims.sources.files import Item, SourceFile, failure
from newsclaims.sources.lines import lines


def read(file: SourceFile) -> Iterator[Item]:
    for number, line in lines(file):
        if isinstance(line, Exception):
            yield failure(file.source, line)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"broken JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
            yield failure(file.source, SyntaxFaultError(message, number))
        except RecursionError:
            yield failure(file.source, SyntaxFaultError("broken JSON: nested too deeply", number))
        except ValueError as error:  # a number of thousands of digits
            yield failure(file.source, SyntaxFaultError(f"broken JSON: {error}", number))
        else:
            yield rows.article(file, row, number)
