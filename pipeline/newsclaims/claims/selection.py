"""Selection: which of the frames about people are claims, by their confidence and by what other frames say."""

from __future__ import annotations

from collections import defaultdict

from newsclaims.claims.confidence import last_judges, score_frames, score_slots
from newsclaims.claims.context import firing_of
from newsclaims.claims.factuality import settle
from newsclaims.claims.frames import PLACES, Frame
from newsclaims.claims.paths import LOOSE
from newsclaims.claims.seats import keep_posts
from newsclaims.language.mentions import Mention, same_entity
from newsclaims.language.org_classes import class_of_name
from newsclaims.language.sentences import sentence_start

PLACE_WORTH = 0.2
"""How much a sure place counts when readings are compared, against the sureness of the whole."""
TITLES = ("attr", "oprd", "as")
"""Grammatical functions of a title that somebody has or gets."""
TENURES = frozenset(
    ("chair", "coach", "edit", "head", "hold", "lead", "manage", "oversee", "play", "run", "work")
)
"""Verbs of what somebody does in a post."""
PARTY = "party"
SURE = 0.6
"""Score from which an employment stands beside a move whose origin, the same, was guessed."""


def judged(frames: list[Frame]) -> list[Frame]:
    """Frames with their confidence; those that are more likely wrong than right are left out."""
    looks = score_frames(frames)
    share(frames)
    kept = []
    for frame in frames:
        if is_membership(frame):
            frame.dropped = "who belongs to a party holds no job there"
            continue
        judge = last_judges().get(frame.rule.type)
        if judge and frame.rule.confidence is None and frame.score < judge.threshold:
            frame.dropped = f"confidence {frame.score:.2f} is below {judge.threshold:.2f}"
            continue
        kept.append(frame)
    settle({frame: looks[frame] for frame in kept if frame in looks and frame.rule.confidence is None})
    score_slots(kept, looks)
    for frame in kept:
        part(frame)
    keep_posts(kept)
    kept = [frame for frame in kept if not frame.dropped]
    return without_repeats(exclusive(entitled(surest(kept))))


def is_membership(frame: Frame) -> bool:
    """Whether a frame only says that somebody is of a party: "*Labour*'s Jane Doe", "Jane Doe of the *Tories*"."""
    employer = frame.slots.get("employer")
    untitled = frame.rule.built_in and frame.rule.pattern is not None and "role" not in frame.slots
    return untitled and employer is not None and class_of_name(employer.name) == PARTY


def share(frames: list[Frame]) -> None:
    """People who are coordinated ("A, B and C have joined") stand or fall together, by the mean of their scores."""
    together: dict[tuple[object, ...], list[Frame]] = defaultdict(list)
    for frame in frames:
        places = (id(frame.slots.get(place)) for place in PLACES)
        together[frame.firing, frame.reading, frame.how.get("person", ""), *places].append(frame)
    for coordinated in together.values():
        mean = sum(frame.score for frame in coordinated) / len(coordinated)
        for frame in coordinated:
            frame.score = mean


def surest(frames: list[Frame]) -> list[Frame]:
    """Of the readings of one firing, for each person the surest one; none that guesses a place which hangs on the title in
    another."""
    best: dict[tuple[int, int], Frame] = {}
    titled = {(firing_of(frame), slot) for frame in frames for slot in PLACES if hangs_on_title(frame, slot)}

    def order(frame: Frame) -> tuple[bool, float]:
        own = all((firing_of(frame), slot) not in titled for slot in PLACES if guessed(frame, slot))
        return own, worth(frame)

    for frame in frames:
        key = firing_of(frame)
        if key not in best or order(frame) > order(best[key]):
            best[key] = frame
    for frame in frames:
        if best[firing_of(frame)].reading != frame.reading:
            frame.dropped = "another reading of the same words is surer"
    return [frame for frame in frames if not frame.dropped]


def hangs_on_title(frame: Frame, slot: str) -> bool:
    """Whether grammar leads to a place through the title that somebody has there: "is chairman *of Acme*"."""
    title = frame.how.get("role") or frame.how.get("former_role", "")
    function = title.partition(":")[0]
    return slot in frame.slots and frame.how.get(slot, "").startswith(f"{function}.") and function in TITLES


def worth(frame: Frame) -> float:
    """How sure a reading is as a whole: a move is right by one of its places, but is better with both."""
    places = sum(2 * frame.sure[slot] - 1 for slot in PLACES if slot in frame.slots)
    return frame.score * (1 + PLACE_WORTH * places)


def part(frame: Frame) -> None:
    """Nobody moves from a place or a post to itself: the less sure of the two goes."""
    slots = frame.slots
    if "role" in slots and slots["role"] is slots.get("former_role"):
        give_up(frame, "role", "former_role")
    if same_entity(slots.get("origin"), slots.get("destination")):
        give_up(frame, "origin", "destination")


def give_up(frame: Frame, *slots: str) -> None:
    """Take the least sure of some slots out of a frame that may lose it; a frame that can lose none makes no claim."""
    slot = next((s for s in sorted(slots, key=frame.sure.__getitem__) if frame.may_lose(s)), None)
    if slot is None:
        frame.dropped = f"{' and '.join(slots)} are the same, and the rule needs both"
    else:
        del frame.slots[slot]


def without_repeats(frames: list[Frame]) -> list[Frame]:
    """A move is not repeated as an employment at the place left or joined in the same sentence; what somebody did is no
    move beside the employment that it tells."""
    done = {(frame.trigger.i, id(frame.slots["person"])) for frame in frames if tells_tenure(frame)}
    for frame in frames:
        if frame.rule.type == "move" and (frame.trigger.i, id(frame.slots["person"])) in done:
            frame.dropped = f"{frame.trigger.text!r} tells of a job that was held"
    frames = [frame for frame in frames if not frame.dropped]
    moves: dict[int, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.rule.type == "move":
            moves[sentence_start(frame.trigger)].append(frame)
    for frame in frames:
        beside = moves.get(sentence_start(frame.trigger), ()) if frame.rule.type == "employment" else ()
        move = next((m for m in beside if repeats(frame, m)), None)
        if move is not None:
            frame.dropped = f"the move that {move.rule.id} finds at {move.trigger.text!r} says it already"
    return [frame for frame in frames if not frame.dropped]


def tells_tenure(frame: Frame) -> bool:
    """Whether a verb of what somebody does in a post tells of the past in an employment: "who *ran* Acme", "*has held* the
    post"."""
    verb = frame.trigger
    had = verb.tag_ == "VBN" and any(t.dep_ == "aux" and t.lemma_ == "have" for t in verb.children)
    return frame.rule.type == "employment" and verb.lemma_ in TENURES and (had or verb.tag_ == "VBD")


def repeats(employment: Frame, move: Frame) -> bool:
    """Whether an employment is at the place that a move in its sentence leaves, or in the job that it gives, or in the
    one that a surer move ends there.

    A place left that was guessed, perhaps from this very employment, takes nothing from one that is sure.
    """
    if sentence_start(move.trigger) != sentence_start(employment.trigger):
        return False
    if not same_entity(move.slots["person"], employment.slots["person"]):
        return False
    employer = employment.slots["employer"]
    left = same_entity(move.slots.get("origin"), employer)
    if left and (employment.score < SURE or not move.how["origin"].startswith(LOOSE)):
        return True
    role, stated = employment.slots.get("role"), employment.rule.set.get("tense")
    if stated == "former" or not same_entity(move.slots.get("destination"), employer):
        return False
    if role is None:
        return employment.trigger == move.trigger or employment.meant.get("tense") != "former"
    ended = role is move.slots.get("former_role") and employment.score < move.score
    return ended or same_entity(move.slots.get("role"), role)


def entitled(frames: list[Frame]) -> list[Frame]:
    """A title that grammar gives somebody at one place is nobody's guess at another: such guesses go, or give it up."""
    owners: dict[tuple[int, int], Frame] = {}
    for frame in frames:
        if "role" in frame.slots and not guessed(frame, "role", *PLACES):
            title = title_of(frame)
            owners[title] = max(owners.get(title, frame), frame, key=lambda f: f.score)
    for frame in frames:
        owner = owners.get(title_of(frame), frame)
        if owner is frame or place_of(owner) is None or same_entity(place_of(frame), place_of(owner)):
            continue
        if guessed(frame, "role") and ("role",) not in frame.rule.needs and frame.may_lose("role"):
            del frame.slots["role"]
        elif guessed(frame, "role", *PLACES) and frame.score < owner.score:
            frame.dropped = f"{owner.rule.id} knows for which place the title is"
    return [frame for frame in frames if not frame.dropped]


def title_of(frame: Frame) -> tuple[int, int]:
    """Whose title a frame tells, and which."""
    person = frame.slots.get("person")
    return id(person.entity or person) if person is not None else 0, id(frame.slots.get("role"))


def guessed(frame: Frame, *slots: str) -> bool:
    """Whether nearness or memory alone led to one of some slots of a frame."""
    return any(slot in frame.slots and frame.how.get(slot, "").startswith(LOOSE) for slot in slots)


def place_of(frame: Frame) -> Mention | None:
    """Where a frame gives somebody a post."""
    return frame.slots.get("employer") or frame.slots.get("destination")


def exclusive(frames: list[Frame]) -> list[Frame]:
    """Where one place was guessed twice for the same person in one sentence, only the better guess stays."""
    best: dict[tuple[str, int, int, str], Frame] = {}
    for frame in frames:
        for place in guessed_places(frame):
            key = (frame.rule.type, sentence_start(frame.trigger), frame.slots["person"].start, place)
            if key not in best or frame.score > best[key].score:
                best[key] = frame
    for frame in frames:
        for place in guessed_places(frame):
            better = best[frame.rule.type, sentence_start(frame.trigger), frame.slots["person"].start, place]
            if better.score > frame.score:
                frame.dropped = f"{better.rule.id} fills the guessed {place} with more confidence"
    return [frame for frame in frames if not frame.dropped]


def guessed_places(frame: Frame) -> list[str]:
    if "person" not in frame.slots:
        return []
    return [s for s in PLACES if s in frame.slots and frame.how.get(s, "").startswith("topic")]
