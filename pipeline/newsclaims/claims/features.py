"""What a frame looks like: the names of the features by which fitted models judge it and its fillers.

Which rule fired and how every slot was found, what kind of mention fills it, how trigger, person and places stand to
each other in the tree and in the line, what other frames say of the same person, and how much the article says of the
kind at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import islice

from spacy.tokens import Token

from newsclaims.claims.context import PASSAGE, Context, key, title_head
from newsclaims.claims.frames import PLACES, Frame
from newsclaims.claims.functions import functions, is_passive
from newsclaims.claims.guesses import EMPLOYER, employer_features
from newsclaims.claims.paths import LOOSE
from newsclaims.language.groups import size_of
from newsclaims.language.mentions import GROUP, MONEY, ROLE, Mention, Mentions, mentions
from newsclaims.language.modality import certainty
from newsclaims.language.sentences import sentence, sentence_start
from newsclaims.language.surroundings import NAMED, told, wording
from newsclaims.language.title_heads import FORMER, is_plural, role_classes, singular
from newsclaims.resources import lexicon
from newsclaims.scales import bucket

LEAD = 60
"""Words that an article begins with, headline and first sentences."""
PHRASE = 7
"""Tokens before a title that may belong to its noun phrase."""
NO_ROLE = "-"
CORE = ("subj", "obj", "iobj", "attr", "oprd")
NOMINAL = ("compound", "poss", "comp", "time", "appos")
"""Functions of which the features of a trigger say nothing."""


def filler_features(frame: Frame, slot: str, names: Sequence[str]) -> list[str]:
    """Names of the features that hold for one slot's filler, given those of its frame."""
    mention, how = frame.slots[slot], frame.how.get(slot, "")
    trigger = frame.trigger
    out = [f"rule={frame.rule.id}", f"how={how}", f"label={mention.label}", f"source={mention.source}"]
    out.append(f"gap={how.split(':')[0]}:{bucket(abs(mention.start - trigger.i), (1, 3, 6, 12, 25))}")
    out.append(f"path={dependency_path(mention.root, trigger)}")
    start, end = sentence(trigger)
    here = start <= mention.start < end
    out.append(f"same.sentence={here}")
    out += slot_features("filler", mention)
    person = frame.slots.get("person")
    if person is not None and slot != "person":
        out.append(f"to.person={dependency_path(mention.root, person.root)}")
        if here:
            out += between(person, mention)
    out += [f"with.{other}" for other in frame.slots if other != slot]
    out += [f"{out[0]}&{other}" for other in out[1:]]
    return [*out, *wording("filler", mention.doc, mention.start, mention.end), *names]


def role_class(mention: Mention) -> str:
    """The class of a title, by its last word that has one."""
    classes = role_classes()
    for token in reversed(list(mention.span)):
        for word in (token.lower_, singular(token.lower_)):
            if word in classes:
                return classes[word]
    return "other"


def features(frame: Frame, context: Context) -> list[str]:
    """Names of the features that hold for a frame."""
    trigger, rule = frame.trigger, frame.rule
    out = [f"rule={rule.id}", f"certainty={rule.certainty or certainty(trigger)}"]
    if not rule.pattern:
        out += [f"lemma={trigger.lemma_}", f"rule={rule.id}:dep={trigger.dep_}"]
    if trigger.i in (trigger.doc._.quoted or ()):
        out.append("quoted")
    for slot, (n, hows) in frame.rivals.items():
        out.append(f"{slot}.nth={n}")
        out += [
            f"{slot}.rival={h.split(':')[0]}{'+' if k < n else '-'}" for k, h in enumerate(hows) if k != n
        ]
    for slot in rule.slots:
        if slot not in frame.slots:
            out.append(f"{slot}.none")
    for slot, mention in frame.slots.items():
        how = frame.how.get(slot, "")
        gap = abs(mention.start - trigger.i)
        out.append(f"{slot}.gap={how.split(':')[0]}:{bucket(gap, (1, 3, 6, 12, 25))}")
        if how.startswith("topic") and mention.entity is not None:
            first = mention.entity.mentions[0]
            out.append(f"{slot}.topic.back={bucket(abs(mention.start - trigger.i), (10, 25, 50, 100))}")
            out.append(f"{slot}.topic.first={first.start < 30}")
        out.append(f"{slot}.how={how}")
        out += context.once((slot, id(mention)), partial(mention_features, slot, mention))
    person = frame.slots.get("person")
    about = id(person) if rule.pattern else trigger.i
    out += context.once(("trigger", about), partial(trigger_features, frame))
    out += strictness_features(frame)
    out += relation_features(frame, context)
    out += social_features(frame, context)
    out += standing_features(frame, context)
    out += wording_features(frame)
    return out + density_features(frame, context)


def trigger_features(frame: Frame) -> list[str]:
    """The form of the trigger and what fills its grammatical functions, whether or not a slot took it."""
    token, store = frame.trigger, mentions(frame.trigger.doc)
    if frame.rule.pattern:
        person = frame.slots.get("person")
        if person is None:
            return []
        head = person.root.head
        return [
            f"person.dep={person.root.dep_}",
            f"person.head={head.lemma_ if head.pos_ in ('VERB', 'AUX') else head.pos_}",
        ]
    out = [f"tag={token.tag_}", f"head={token.head.lemma_ if token.head != token else 'ROOT'}"]
    if token.pos_ in ("VERB", "AUX"):
        out.append(f"passive={is_passive(token)}")
    found = functions(token)
    for name in CORE:
        if name not in found:
            out.append(f"{name}=none")
    for name, arguments in found.items():
        if name in NOMINAL:
            continue
        if name not in CORE:
            out.append(f"with={name}")
        for argument in arguments[: 2 if name in CORE else 1]:
            kind = kind_of(argument, store)
            out.append(f"{name}={kind}")
            if name in CORE and kind in ("NOUN", "PROPN", "ADJ"):
                out.append(f"{name}.lemma={argument.lemma_.lower()}")
    out += [f"{c.dep_}={c.lower_}" for c in token.children if c.dep_ in ("aux", "neg", "mark", "prt")]
    out.append(f"sentence={bucket(len(token.sent), (6, 12, 20, 30, 45))}")
    out.append(f"place={bucket(token.i, (15, 60, 150, 300))}")
    if token.i + 1 < len(token.doc):
        out.append(f"next={token.nbor(1).lower_}")
    return out


def kind_of(token: Token, store: Mentions) -> str:
    """The label of the mention that a token belongs to, or its part of speech."""
    mention = store.at(token.i, *NAMED)
    if mention is None:
        return token.pos_
    return f"{mention.label}.pronoun" if mention.source == "pronoun" else mention.label


def mention_features(slot: str, mention: Mention) -> list[str]:
    """What fills a slot, and how it was found as a mention."""
    return [
        f"{slot}.label={mention.label}",
        f"{slot}.source={mention.source}",
        *slot_features(slot, mention),
    ]


def slot_features(slot: str, mention: Mention) -> list[str]:
    """What kind of mention fills a slot."""
    out: list[str] = []
    if mention.label == ROLE:
        out += [
            f"{slot}.class={role_class(mention)}",
            f"{slot}.head={singular(mention.doc[mention.end - 1].lower_)}",
        ]
        before = mention.doc[mention.start - 1].lower_ if mention.start else ""
        if before in ("the", "a", "an", "its", "his", "her", "'s"):
            out.append(f"{slot}.after={before}")
        if is_former(mention):
            out.append(f"{slot}.former")
        if mention.end - mention.start > 1:
            out.append(f"{slot}.long")
        if is_plural(mention.doc[mention.end - 1]):
            out.append(f"{slot}.plural")
    elif mention.label == GROUP:
        out += [
            f"{slot}.noun={singular(mention.doc[mention.end - 1].lower_)}",
            f"{slot}.size={size_of(mention)}",
        ]
    elif mention.label != MONEY and mention.entity is not None:
        entity = mention.entity
        words = len(entity.name.split())
        out.append(f"{slot}.words={min(words, 3)}")
        out.append(f"{slot}.sure={bucket(int(entity.score), (0, 1, 2, 4))}")
        out.append(f"{slot}.times={bucket(len(entity.mentions), (1, 2, 4))}")
        if entity.name in lexicon("organisations"):
            out.append(f"{slot}.known")
        if mention.text in lexicon("nations") or entity.name in lexicon("nations"):
            out.append(f"{slot}.nation")
    return out


def is_former(title: Mention) -> bool:
    """Whether a word before a title, in its noun phrase, says that it is held no more: "former Acme chairman"."""
    for i in range(title.start - 1, max(title.start - PHRASE, sentence_start(title.root)) - 1, -1):
        token = title.doc[i]
        if token.lower_ in FORMER:
            return True
        if token.pos_ in ("VERB", "AUX", "ADP") or (token.is_punct and token.text != "-"):
            return False
    return False


def strictness_features(frame: Frame) -> list[str]:
    """Whether grammar led to the person and the places, or only nearness and memory."""
    strict = {slot: not how.startswith(LOOSE) for slot, how in frame.how.items() if slot in frame.slots}
    places = [strict[slot] for slot in PLACES if slot in strict]
    out = [f"strict.person={strict.get('person', True)}"]
    if places:
        out.append(f"strict.places={all(places)}")
        if all(places) and strict.get("person", True):
            labels = "+".join(frame.slots[s].label for s in ("person", *PLACES) if s in frame.slots)
            out += ["strict", f"strict={labels}"]
    return out


def relation_features(frame: Frame, context: Context) -> list[str]:
    """How person, place and trigger stand to each other in the tree and in the line."""
    out: list[str] = []
    person, trigger = frame.slots.get("person"), frame.trigger
    start, end = sentence(trigger)
    for slot in PLACES:
        place = frame.slots.get(slot)
        if place is None or place.start < start or place.end > end:
            continue
        to_trigger = partial(path_feature, f"{slot}.path", place.root, trigger)
        out += context.once((slot, id(place), trigger.i), to_trigger)
        if person is not None:
            out += context.once((slot, id(place), id(person)), partial(beside_person, slot, place, person))
    if person is not None:
        out += context.once(
            ("person", id(person), trigger.i), partial(path_feature, "person.path", person.root, trigger)
        )
    return out


def path_feature(name: str, a: Token, b: Token) -> list[str]:
    return [f"{name}={dependency_path(a, b)}"]


def beside_person(slot: str, place: Mention, person: Mention) -> list[str]:
    """How a place stands to the person of its sentence."""
    path = path_feature(f"{slot}.person.path", place.root, person.root)
    return path + [f"{slot}.{found}" for found in between(person, place)]


def dependency_path(a: Token, b: Token, limit: int = 4) -> str:
    """Labels of the arcs from one token up to the common ancestor and down to another; "far" beyond the limit."""
    up: list[Token] = [a, *islice(a.ancestors, limit)]
    down: list[Token] = [b, *islice(b.ancestors, limit)]
    at = {token.i: n for n, token in enumerate(down)}
    for n, token in enumerate(up):
        if token.i in at:
            m = at[token.i]
            if n + m > limit:
                return "far"
            return "<".join(t.dep_ for t in up[:n]) + "^" + ">".join(t.dep_ for t in reversed(down[:m]))
    return "far"


def between(a: Mention, b: Mention) -> list[str]:
    """What stands between two mentions of one sentence."""
    first, second = (a, b) if a.start < b.start else (b, a)
    words = a.doc[first.end : second.start]
    out = [
        f"order={'person' if first is a else 'place'}.first",
        f"between={bucket(len(words), (0, 1, 2, 4, 8, 16))}",
    ]
    if any(t.pos_ in ("VERB", "AUX") for t in words):
        out.append("between.verb")
    if any(t.text == "," for t in words):
        out.append("between.comma")
    labels = {t.ent_type_ for t in words}
    out += [f"between.{label}" for label in ("PERSON", "ORG") if label in labels]
    if 0 < len(words) <= 2:
        out.append("between.words=" + "_".join(t.lower_ for t in words))
    return out


def social_features(frame: Frame, context: Context) -> list[str]:
    """What the other frames about the same person say."""
    others = context.others(frame)
    mine = context.seen[frame]
    guess = ".guess" if mine.inferred else ""
    kind, rule, out = frame.rule.type, frame.rule, set()
    for other in others:
        same = not mine.places.isdisjoint(other.places)
        where = "here" if other.start == mine.start else "elsewhere"
        if other.frame.rule.type == kind:
            if same and other.frame.rule is not rule:
                out.add(f"agrees.{where}{'.inferred' if other.inferred else ''}")
            elif not same and not other.inferred:
                out.add(f"differs.{where}{guess}")
            if same and where == "here" and "tense" in other.frame.rule.set:
                out.add(f"agrees.tense={other.frame.rule.set['tense']}")
        else:
            out.add(
                f"{other.frame.rule.type}.{'same' if same else 'other'}.{where}"
                f"{'.guess' if other.inferred else ''}"
            )
    if mine.inferred:
        out.add("guess")
        if all(other.inferred for other in others):
            out.add("guess.only")
        if "role" in frame.slots:
            out.add(f"guess.class={role_class(frame.slots['role'])}")
    return sorted(out)


def standing_features(frame: Frame, context: Context) -> list[str]:
    """How the places of a frame suit its title and, where they were guessed, the sentence."""
    out: list[str] = []
    person, role = frame.slots.get("person"), frame.slots.get("role") or frame.slots.get("former_role")
    me = key(person) if person is not None else 0
    for slot in PLACES:
        place = frame.slots.get(slot)
        if place is None or place.entity is None:
            continue
        kind = context.standing.org_class(place.entity)
        out += [f"{slot}.kind={kind}", f"{slot}.kind={kind}&{role_class(role) if role else NO_ROLE}"]
        if frame.how.get(slot, "").startswith(LOOSE):
            about = ("standing", slot, key(place), frame.trigger.i)
            out += context.once(about, partial(standing_of, slot, place, frame, context))
            staff = context.staff.get(key(place), set())
            holders = context.holders.get((key(place), title_head(frame)), set()) if role else set()
            out += [
                f"{slot}.staff={bucket(len(staff - {me}), (0, 1, 2, 4))}",
                f"{slot}.mine={me in staff}",
                f"{slot}.held={bool(holders - {me})}",
            ]
    if (employer := frame.slots.get(EMPLOYER)) is not None:
        out += employer_features(employer, role, frame, context)
    if person is not None and person.entity is not None:
        known = person.entity.mentions
        out.append(f"person.first={known[0].start >= sentence_start(frame.trigger)}")
        out.append(f"person.nth={bucket(sum(m.start < frame.trigger.i for m in known), (0, 1, 2, 4))}")
    return out


def standing_of(slot: str, place: Mention, frame: Frame, context: Context) -> list[str]:
    """How near a guessed place stands to a sentence."""
    assert place.entity is not None
    return [
        f"{slot}.{name}={value if isinstance(value, (bool, str)) else bucket(value, (0, 1, 2, 3, 5, 10))}"
        for name, value in context.standing.evidence(place.entity, frame.trigger)
    ]


def wording_features(frame: Frame) -> list[str]:
    """The words around the trigger and the mentions of its sentence, and what the sentence tells."""
    doc, here = frame.trigger.doc, frame.trigger.i
    start, end = sentence(frame.trigger)
    out = told(doc, here) + wording("trigger", doc, here, here + 1)
    for slot in ("person", "role", *PLACES):
        mention = frame.slots.get(slot)
        if mention is not None and start <= mention.start < end:
            out += wording(slot, doc, mention.start, mention.end)
    return out


def density_features(frame: Frame, context: Context) -> list[str]:
    """How much the article says of the kind: a loose frame is likelier right among many strict ones."""
    kind, here = frame.rule.type, frame.trigger.i
    strict = context.strict.get(kind, [])
    at = bisect_left(strict, here)
    before = strict[at - 1 : at]
    behind = [place for place in strict[at : at + 2] if place != here][:1]
    nearest = min((abs(place - here) for place in (*before, *behind)), default=LEAD * PASSAGE)
    return [
        f"dense={bucket(context.density.get(kind, 0), (0, 0.25, 0.5, 1, 2))}",
        f"lead={bool(strict) and strict[0] < LEAD}",
        f"nearest={bucket(nearest, (10, 30, 60, 120, 300))}",
    ]
