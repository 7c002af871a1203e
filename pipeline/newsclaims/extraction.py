"""Articles to claims, in one process: what every engine, the server and the Python interface drive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newsclaims.schema import Article, Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

ZONE = 1_000_000
"""Characters from which the vocabulary learns words for good, and after which, from then on, it forgets the others."""
EVERYTHING = "Jane Doe has left Acme for Globex, which will pay her $5 million a year, the company said."
"""A sentence for which every set of weights is asked."""


class Extracts(Protocol):
    """What engines and the server need of :class:`Extractor`."""

    def extract(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]: ...


def isolated[T, R](items: Sequence[T], work: Callable[[Sequence[T]], Sequence[R]]) -> list[R | Exception]:
    """What the work on all items together gives for each. Where it fails, they are taken one by one, and the error
    stands in the place of what failed by itself: whatever a model or a rule may raise on odd text costs no other."""
    try:
        return [*work(items)]
    except Exception as error:
        if len(items) == 1:
            return [error]
        return [answer for item in items for answer in isolated([item], work)]


class Extractor:
    """A loaded pipeline.

    Args:
        model: name or path of an installed spaCy pipeline with parser and NER; ``None`` is the default model.
        rules: rule files of the user, added to the built-in ones in this order.
        full_parse: run the model exactly as spaCy does, without the quicker networks and lemmas; for comparison.

    Raises:
        newsclaims.errors.ModelError: the model is not installed, or has no parser or entity recogniser.
        newsclaims.errors.RuleError: a rule file has a fault.

    Documents made by hand with ``nlp`` must not outlive the next call of ``extract``, which may free their words.
    """

    def __init__(
        self, model: str | None = None, rules: Sequence[Path] = (), *, full_parse: bool = False
    ) -> None:
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

        from newsclaims.pipeline import build

        self.nlp = build(model, rules=rules, full_parse=full_parse)
        self.threads = ThreadpoolController()
        self.zone, self.met, self.running = ExitStack(), 0, 0

    def warm_up(self) -> None:
        """Read what is read at first use: tables, lexicons and weights."""
        for _ in self.extract([Article(id="warm-up", text=EVERYTHING)]):
            pass

    def extract(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]:
        """The claims of each article, in text order, articles in the order given."""
        # more threads for one small matrix product cost more than they bring
        with self.remembering(), self.threads.limit(limits=1, user_api="blas"):
            pairs = ((self.document(article), article) for article in articles)
            for doc, article in self.nlp.pipe(pairs, as_tuples=True, batch_size=32):
                self.met += len(article.text)
                yield article, doc._.claims

    def document(self, article: Article) -> Doc:
        """The tokens of an article, which know whose they are."""
        doc = self.nlp.make_doc(article.text)
        doc._.article = article.id
        return doc

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Keep new words until they are many, and forget them between two calls, while no document needs them.

        To learn the common words anew for every batch would cost more than to tokenise it, and while words are to be
        forgotten the tokenizer remembers none: so those of the first articles are kept.
        """
        if not self.running and self.met >= ZONE:
            self.zone.close()
            self.zone.enter_context(self.nlp.memory_zone())
            self.met = 0
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
