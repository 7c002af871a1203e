"""Words with a hyphen that stay one token, where taking them apart would mislead the tagger.

Apart, the "co" and the hyphen of "Jane Doe co-founded Acme" are read as verbs, and so is the "start" of "a start-up run
by Jane Doe".
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language

from newsclaims.language.lemmas import RULER
from newsclaims.resources import lexicon, word_kinds

JOINT = "co"
"""What makes one verb with the next: "co-founded", and "cofounded", which no lemmatizer knows."""


def install(nlp: Language) -> None:
    """Make a pipeline keep such words whole, and give a joint verb the lemma of the verb; to be called before typography
    and lemmas are installed."""
    tokenizer: Any = nlp.tokenizer
    verbs = {verb: sorted(forms) for verb, forms in sorted(word_kinds("joint_verbs").items())}
    joint = [f"{JOINT}-{form}" for forms in verbs.values() for form in forms]
    for word in (*joint, *sorted(lexicon("whole_nouns"))):
        for written in (word, word.capitalize()):
            tokenizer.add_special_case(written, [{"ORTH": written}])
    if RULER in nlp.component_names:
        ruler: Any = nlp.get_pipe(RULER)
        for verb, forms in verbs.items():
            ruler.add(
                [[{"LOWER": JOINT + mark + form}] for form in forms for mark in ("-", "")], {"LEMMA": verb}
            )
