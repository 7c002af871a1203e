"""Grammatical functions of a predicate, made the same for every construction.

``functions(token)`` answers who did what to whom for a verb or an event noun, whatever the sentence looks like:
passive or active, in a relative clause, under control ("agreed to join"), coordinated ("left A and joined B") or
nominalised. Names of functions:

``subj``, ``obj``, ``iobj``   deep subject, object, indirect object
``attr``, ``oprd``            predicate noun after a copula; object predicate ("named her chief")
``poss``, ``compound``        possessor and noun modifier of a noun
``to``, ``from``, ``as`` …    objects of prepositions, by the preposition's lower-case form
``once``                      of an "as" that tells of the past: "most recently as treasurer"
``comp``                      verbs of complement clauses
``time``                      bare adverbial nouns ("last week")
``appos``                     appositions
``main``                      subject and object of the verb that a verb says the purpose or the manner of
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from newsclaims.resources import lexicon

Functions = dict[str, list[Token]]

RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))
INTRANSITIVE = frozenset(
    "leave join quit resign depart retire step move return go arrive defect migrate exit rejoin switch".split()
)
OBJECT_CONTROL_NOT = frozenset(("promise", "vow", "threaten", "use"))
AROUND = frozenset(("at", "by", "from", "in", "to", "with"))
"""Prepositions of places, times and agents; an "as" behind others is theirs: "after a year *as* head"."""
PAST = frozenset("formerly initially lastly lately latterly originally previously recently".split())
"""Adverbs before an "as" that tells what somebody was, and not what the predicate makes of him."""
SPELLS = frozenset(("career", "decade", "month", "spell", "stint", "year"))
"""Nouns of the time for which a job was held."""
SUCCEED = frozenset(("follow", "replace", "succeed", "take"))
ADVERBS = frozenset(("across", "away", "back", "over"))
"""Adverbs whose prepositional phrase is the predicate's: "lured back *from Acme*"."""
NOMINAL = ("NOUN", "PROPN")
EMPHATIC = frozenset(("himself", "herself", "themselves"))


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its deep object."""
    known: dict[int, bool] = verb.doc.user_data.setdefault("newsclaims_passive", {})
    if verb.i not in known:
        known[verb.i] = seems_passive(verb)
    return known[verb.i]


def seems_passive(verb: Token) -> bool:
    """What ``is_passive`` answers, when it is first asked."""
    below = {c.dep_ for c in verb.children}
    if not below.isdisjoint(("nsubjpass", "auxpass", "csubjpass")):
        return True
    if verb.tag_ != "VBN" or verb.lemma_ in INTRANSITIVE:
        return False
    if "agent" in below or verb.dep_ in ("acl", "amod"):
        return True
    if verb.dep_ == "advcl" and below.isdisjoint(("nsubj", "aux")):
        return True
    if verb.dep_ == "conj" and below.isdisjoint(("nsubj", "aux", "dobj")):
        return is_passive(verb.head) if verb.head.pos_ in ("VERB", "AUX") else False
    return False


def grammatical_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The tokens that stand in subject position of a verb, its own or inherited ones."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and not is_earlier(c)]
    if own and all(o.lower_ in EMPHATIC for o in own):  # "who *himself* left"
        own = [c for c in verb.lefts if c.tag_ == "WP"] or own
    if own:
        return [t for o in own for t in antecedents(o, verb)]
    head = verb.head
    if depth > 5 or head == verb:
        return []
    if verb.dep_ in ("conj", "dep", "parataxis") and head.pos_ in ("VERB", "AUX"):
        return grammatical_subject(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        objects = [c for c in head.children if c.dep_ in ("dobj", "dative")]
        objects = objects or [c for c in head.children if c.dep_ == "oprd" and c.pos_ == "PROPN"]
        if objects and head.lemma_ not in OBJECT_CONTROL_NOT and verb.dep_ == "xcomp":
            return objects
        return grammatical_subject(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in ("NOUN", "PROPN"):
        return nominal_subject(head, depth)
    if verb.dep_ == "advcl" and head.pos_ in ("VERB", "AUX"):
        if verb.tag_ == "VBG" and verb.lemma_ in SUCCEED and head.lemma_ in lexicon("appointing_verbs"):
            named = [c for c in head.children if c.dep_ == "dobj"]
            if named:
                return named  # "named her chief, replacing him"
        return grammatical_subject(head, depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        return (
            [head]
            if verb.tag_ != "VB"
            else [*([head] if head.ent_type_ else []), *nominal_subject(head, depth)]
        )
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return governor_subject(head.head, depth)
    if verb.dep_ == "amod" and is_passive(verb):  # "Acme's *ousted* chairman"
        return [head]
    if verb.dep_ == "amod":
        return [c for c in head.children if c.dep_ in ("poss", "nsubj") and c.i < verb.i] or [head]
    return []


def is_earlier(token: Token) -> bool:
    """Whether a word that the parser took for a subject only tells of a time: "and before *that* ran Acme"."""
    return token.lower_ == "that" and token.i > 0 and token.nbor(-1).lower_ in ("after", "before")


def governor_subject(governor: Token, depth: int) -> list[Token]:
    """Subject of the clause in which a prepositional phrase with a gerund stands ("after leaving Acme")."""
    if governor.pos_ in ("VERB", "AUX"):
        return grammatical_subject(governor, depth + 1)
    if governor.pos_ == "ADV" and governor.head != governor and depth <= 5:  # "prior to leaving Acme"
        return governor_subject(governor.head, depth + 1)
    return nominal_subject(governor, depth)


def nominal_subject(noun: Token, depth: int) -> list[Token]:
    """Whose decision, plan or offer a noun is: its possessor, or the subject of the verb that governs it."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    governor = noun.head
    if (
        governor != noun
        and governor.pos_ in ("VERB", "AUX")
        and noun.dep_ in ("dobj", "attr", "pobj", "nsubjpass")
    ):
        return grammatical_subject(governor, depth + 1)
    if noun.dep_ == "pobj" and governor.dep_ in ("prep", "agent") and governor.head != governor:
        return governor_subject(governor.head, depth + 1) if depth < 5 else []
    return []


def antecedents(token: Token, verb: Token) -> list[Token]:
    """The noun a relative pronoun stands for; any other token stands for itself."""
    if token.lower_ not in RELATIVE or token.tag_ not in ("WP", "WDT", "WP$", "IN"):
        return [token]
    clause = verb
    for _ in range(4):
        if clause.dep_ == "relcl":
            return [first_of_all(clause.head) if is_plural(clause) else clause.head]
        if clause.head == clause:
            break
        clause = clause.head
    before = (
        token.doc[token.i - 2]
        if token.i > 1 and token.doc[token.i - 1].text == ","
        else token.doc[token.i - 1]
    )
    return [before] if token.i else [token]


def is_plural(verb: Token) -> bool:
    """Whether a verb agrees with several: "who run Acme", "who were at Acme"."""
    return any(
        t.tag_ == "VBP" or t.lower_ == "were" for t in (verb, *verb.lefts) if t.pos_ in ("VERB", "AUX")
    )


def first_of_all(name: Token) -> Token:
    """The first name of a list, from its last one, on which what is said of all is hung: "Jane Doe and Tom Hale, who"."""
    while name.dep_ == "conj" and name.pos_ == name.head.pos_ == "PROPN":
        name = name.head
    return name


def add_prepositions(out: Functions, phrases: Iterable[Token]) -> None:
    for prep in phrases:
        name = "once" if tells_of_past(prep) else prep.lower_
        for child in prep.children:
            if is_governed(child):
                out.setdefault(name, []).append(child)
            elif child.dep_ == "pcomp" and child.pos_ in ("VERB", "AUX"):
                out.setdefault(name + ".ing", []).append(child)
            elif child.dep_ == "prep":  # "out of", "away from"
                add_prepositions(out, [child])
                out.setdefault(name, []).extend(filter(is_governed, child.children))


def tells_of_past(preposition: Token) -> bool:
    """Whether a preposition tells what somebody was: "most recently *as* treasurer"."""
    return preposition.lower_ == "as" and preposition.i > 0 and preposition.nbor(-1).lower_ in PAST


def ends_spell(preposition: Token) -> bool:
    """Whether an "as" belongs to the time before it, though the parser hung it on the verb: "was hired after five years
    *as* a trader"."""
    if preposition.lower_ != "as" or not preposition.i:
        return False
    time = preposition.nbor(-1)
    return time.lemma_ in SPELLS and time.dep_ == "pobj" and time.head.lower_ in ("after", "following")


def capacities(phrase: Token, depth: int = 2) -> Iterator[Token]:
    """The "as" that tells in which capacity the predicate is done, where the parser hung it on a name within the phrase of
    another preposition: "hired her from *Acme* as a director"."""
    for noun in filter(is_governed, phrase.children):
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ == "as":
                yield prep
            elif prep.dep_ == "prep" and depth:
                yield from capacities(prep, depth - 1)


def is_governed(token: Token) -> bool:
    """Whether a word is the object of its preposition; so is a name that the tagger took for a verb: "from *Kettering*"."""
    return token.dep_ == "pobj" or (
        token.dep_ == "pcomp" and (token.pos_ == "PROPN" or token.text[0].isupper())
    )


def functions(token: Token) -> Functions:
    """The functions of a predicate's arguments, not to be changed; see the module for their names."""
    known: dict[int, Functions] = token.doc.user_data.setdefault("newsclaims_functions", {})
    found = known.get(token.i)
    if found is None:
        found = known[token.i] = work_out(token)
    return found


def function_of(token: Token, predicate: Token) -> str:
    """The first function that a token has in a predicate; empty for none."""
    known: dict[int, dict[int, str]] = token.doc.user_data.setdefault("newsclaims_function_names", {})
    names = known.get(predicate.i)
    if names is None:
        names = known[predicate.i] = {}
        for name, arguments in functions(predicate).items():
            for argument in arguments:
                names.setdefault(argument.i, name)
    return names.get(token.i, "")


def work_out(token: Token) -> Functions:
    """What ``functions`` answers, when it is first asked."""
    out: Functions = {}
    verbal = token.pos_ in ("VERB", "AUX") or token.dep_ == "relcl"
    passive = verbal and is_passive(token)
    phrases: list[Token] = []
    for child in token.children:
        dep = child.dep_
        if dep in ("dobj", "obj"):
            for t in antecedents(child, token):
                out.setdefault("obj", []).append(t)
        elif dep == "dative":
            if child.pos_ == "ADP":
                add_prepositions(out, [child])
            else:
                out.setdefault("iobj", []).append(child)
        elif dep == "agent":
            for c in child.children:
                if c.dep_ == "pobj":
                    out.setdefault("subj" if passive else "by", []).append(c)
        elif dep == "prep":
            if not ends_spell(child) or token.lemma_ in SPELLS:
                phrases.append(child)
        elif dep == "advmod" and child.lower_ == "where" and token.dep_ == "relcl":
            if (place := workplace(token.head)) is not None:
                out.setdefault("at", []).append(place)
        elif dep == "advmod" and child.lower_ in ADVERBS and not (verbal and is_intransitive(token)):
            phrases.extend(c for c in child.children if c.dep_ == "prep")
        elif dep == "poss":
            out.setdefault("poss", []).extend(antecedents(child, token))
        elif dep in ("attr", "oprd", "compound", "appos", "nmod"):
            out.setdefault("compound" if dep == "nmod" else dep, []).append(child)
        elif dep == "amod" and child.text[0].isupper() and child.ent_type_ not in ("NORP", "GPE", "LOC"):
            out.setdefault("compound", []).append(child)  # "the ex-*Acme* boss"
        elif dep in ("xcomp", "ccomp") and child.pos_ in ("VERB", "AUX"):
            out.setdefault("comp", []).append(child)
        elif dep == "npadvmod":
            out.setdefault("time", []).append(child)
        elif dep == "prt":
            out.setdefault("prt", []).append(child)
    behind = token.doc[token.i + 1 : token.i + 2] if token.lemma_ in SPELLS else ()
    phrases += [prep for prep in behind if prep.head != token and ends_spell(prep)]
    add_prepositions(out, phrases)
    if verbal:
        places = (phrase for phrase in phrases if phrase.lower_ in AROUND)
        add_prepositions(out, [prep for phrase in places for prep in capacities(phrase)])
        subject = grammatical_subject(token)
        out.setdefault("obj" if passive else "subj", []).extend(subject)
        if token.dep_ in ("xcomp", "advcl") and token.head.pos_ == "VERB":
            main = functions(token.head)
            out["main"] = [*main.get("subj", ()), *main.get("obj", ())]
        if (
            token.dep_ == "relcl"
            and not passive
            and "obj" not in out
            and token.head not in (*subject, *out.get("at", ()))
        ):
            out["obj"] = [token.head]  # "the engineer they hired"
        for noun in list(
            out.get("obj", ())
        ):  # "hired three engineers from Acme": the phrase hangs on the noun
            if noun.head == token:
                add_prepositions(out, [c for c in noun.children if c.dep_ == "prep" and c.lower_ != "of"])
                if (last := coordinated(noun)[-1]) != noun:  # "hired A and B from Acme"
                    add_prepositions(
                        out, [c for c in last.children if c.dep_ == "prep" and c.lower_ == "from"]
                    )
    return out


def workplace(noun: Token) -> Token | None:
    """What somebody is said to be part of in a clause with "where", from the noun on which that is hung: "left *Acme*, where
    she was a trader", "at *Acme* in Leeds, where"; nothing for a town of which no noun tells."""
    if noun.ent_type_ not in ("GPE", "LOC", "FAC"):
        return noun
    seat = noun.head
    inside = noun.dep_ == "pobj" and seat.lower_ in ("in", "of") and seat.head.pos_ in NOMINAL
    return seat.head if inside else None


def is_intransitive(verb: Token) -> bool:
    """Whether a verb has no object: who "comes back from Madrid" may only have been there."""
    return not is_passive(verb) and all(child.dep_ not in ("dobj", "obj") for child in verb.children)


def coordinated(token: Token) -> list[Token]:
    """A noun and the nouns coordinated to it, in text order."""
    out, seen = [token], {token.i}
    for item in out:
        for child in item.children:
            if child.dep_ == "conj" and child.i not in seen and child.pos_ not in ("VERB", "AUX"):
                seen.add(child.i)
                out.append(child)
    return out
