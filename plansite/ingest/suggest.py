"""What the vocabularies suggest for a document: topics, places, cited documents, bodies, concepts and cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from plansite.load.reading import Everything
from plansite.model import Op
from plansite.verify.numerals import mentions

MOST_TOPICS = 3
IN_HEADING, IN_TEXT, LIKE_HEADING = 4.0, 1.0, 6.0  # weights of a keyword's hit, and of a heading that is the same
SIMILAR_HEADING, SIMILAR_BODY, SIMILAR_CONCEPT, SIMILAR_WORDS = 55, 70, 65, 80  # of 100
TOO_LITTLE = 2.0  # a score below says nothing

BEHIND = re.compile(  # what belongs to a number behind it: its unit and its bound
    r"\s*(?:[%％‰]|蒸吨|吨标准煤|微克|毫克|平方公里|平方千米|公里|千米|平方米|立方米|公顷|分贝|人次|小时|个百分点|亿元|万元"
    r"|[吨亩米年月日天个项条处家座户件次级类期轮批所台辆套人村倍张份块元])?"
    r"(?:\s*/\s*(?:[天日月年人]|小时|平方公里|立方米))?(?:以上|以下|以内|左右)?"
)
NAMED = re.compile(r"《([^《》]{2,80})》")
CELL = re.compile(
    r"(?P<sign>[≥≤＞＜><]|大?约)?\s*(?P<digits>\d+(?:\.\d+)?)\s*(?:[%％]|天|个|项|吨|万吨)?\s*(?P<more>以上|以下|以内|左右)?"
)
SIGNS: dict[str, Op] = {
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    ">": ">",
    "＜": "<",
    "<": "<",
    "以上": ">=",
    "以下": "<=",
    "以内": "<=",
    "左右": "~",
    "约": "~",
    "大约": "~",
}
LOCAL = re.compile(r"^(?:[\u3400-\u9fff]{0,4}?[区市县])")
LONGEST_NUMBER = 15  # digits: what the loader takes
KIND_OF_BODY = re.compile(r"(?:分局|委员会办公室|委员会|办公室|局|委|办)$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A table cell where it is plain: a number with its sign, or a worded value; otherwise neither."""

    op: Op = "="
    value: float | int | None = None
    worded: str = ""


def figures(text: str) -> list[str]:
    """Every number and date of a Chinese text that its restatement must hold, with its unit, in order."""
    found = (
        mention.text + "".join(BEHIND.match(mention.after)[0].split())  # type: ignore[index]  # it matches anything
        for mention in mentions(text, "zh")
        if mention.force == "figure"
    )
    return list(dict.fromkeys(found))


class Suggestions:
    """Looks things up in the vocabularies of a project, and in the measures it already has."""

    def __init__(self, everything: Everything, jurisdiction: str) -> None:
        def records(name: str) -> Any:
            return everything.single[name].record

        self.jurisdiction = jurisdiction
        self.departments = records("vocab/departments.yaml")
        self._places = _longest_first(
            (word, p.id) for p in records("vocab/places.yaml") for word in (p.name.zh, *p.printed)
        )
        self._cites = {_letters(c.name.zh): c.id for c in records("vocab/cited-documents.yaml")}
        self._concepts = {c.id: c for c in records("vocab/indicators.yaml")}
        self._units = records("vocab/units.yaml")
        self._worded = {w.id: w.name.zh for w in records("vocab/worded-values.yaml")}
        self._keywords = _keywords(records("vocab/topics.yaml"), records("vocab/glossary.yaml"))
        self._headings = {
            measure.heading: tuple(measure.topics)
            for plan in everything.plans.values()
            for loaded in plan.measures
            for measure in loaded.record or ()
        }
        self._roles = {
            word: role.id
            for role in self.departments
            if jurisdiction in role.bodies
            for word in role.bodies[jurisdiction].printed
        }

    def topics(self, heading: str, text: str, section: str = "") -> list[str]:
        """The topics a heading, its paragraph and its section's title speak of, likeliest first; empty if none."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word, topics in self._keywords.items():
            hits = IN_HEADING * (word in heading or word in section) + IN_TEXT * min(text.count(word), 2)
            for topic in topics if hits else ():
                scores[topic] += hits * min(len(word), 4) / 4 / len(topics) ** 0.5
        alike = process.extract(heading, list(self._headings), scorer=fuzz.ratio, score_cutoff=SIMILAR_HEADING, limit=3)
        for known, score, _ in alike if heading else ():
            for rank, topic in enumerate(self._headings[known]):
                scores[topic] += LIKE_HEADING * score / 100 / (rank + 1)
        best = max(scores.values(), default=0.0)
        due = max(TOO_LITTLE, best / 2)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [topic for topic, score in ranked if score >= due][:MOST_TOPICS]

    def places(self, text: str) -> list[str]:
        """The known places a text names; a name inside a longer one is not counted."""
        found: dict[str, int] = {}
        for word, place in self._places:
            if word in text:
                found.setdefault(place, text.index(word))
                text = text.replace(word, "\n" * len(word))
        return sorted(found, key=found.__getitem__)

    def cites(self, text: str) -> tuple[list[str], list[str]]:
        """The documents a text names in 《》: ids of the known ones, names of the others."""
        names = list(dict.fromkeys(NAMED.findall(text)))
        ids = (self._cites.get(_letters(name)) for name in names)
        unknown = [name for name in names if _letters(name) not in self._cites]
        return list(dict.fromkeys(id for id in ids if id)), unknown

    def department(self, printed: str) -> str:
        """The role whose body in this jurisdiction is printed so; empty if none is."""
        return str(self._roles.get(printed, ""))

    def similar_department(self, printed: str) -> str:
        """The role whose body in any jurisdiction has the most similar name; empty if none is similar."""
        core = _core(printed)
        names = [
            (_core(word), role.id)
            for role in self.departments
            for body in role.bodies.values()
            for word in body.printed
        ]
        names += [(role.name.zh, role.id) for role in self.departments]
        best = process.extractOne(core, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=SIMILAR_BODY)
        return str(names[best[2]][1]) if best else ""

    def concept(self, name: str) -> str:
        """The indicator concept with the most similar name; empty if none is similar."""
        choices = {id: _letters(concept.name.zh) for id, concept in self._concepts.items()}
        best = process.extractOne(_letters(name), choices, scorer=fuzz.ratio, score_cutoff=SIMILAR_CONCEPT)
        return str(best[2]) if best else ""

    def unit(self, name: str, concept: str) -> str:
        """The unit in the last brackets of an indicator's name, else the concept's; empty if neither is known."""
        brackets = re.findall(r"[（(]([^（）()]*)[)）]", name)
        printed = _unit_letters(brackets[-1]) if brackets else ""
        for unit in self._units if printed else ():
            if printed in {_unit_letters(side) for side in (unit.symbol.zh, unit.symbol.en, unit.id)}:
                return str(unit.id)
        return str(self._concepts[concept].unit) if concept else ""

    def cell(self, printed: str) -> Parsed:
        """A cell's number with its sign, or its worded value."""
        if match := CELL.fullmatch(printed.strip()):
            digits = match["digits"]
            if len(digits) > LONGEST_NUMBER:
                return Parsed()
            value = float(digits) if "." in digits else int(digits)
            return Parsed(SIGNS.get(match["sign"] or match["more"] or "", "="), value)
        if not re.search(r"[\u3400-\u9fff]", printed):
            return Parsed()
        best = process.extractOne(printed, self._worded, scorer=fuzz.ratio, score_cutoff=SIMILAR_WORDS)
        return Parsed(worded=str(best[2])) if best else Parsed()

    def target(self, printed: str, concept: str, unit: str) -> Parsed:
        """A cell of a target: a number without a sign has the direction of its indicator, but 0% and 100% are exact."""
        parsed = self.cell(printed)
        if parsed.value is None or parsed.op != "=" or concept not in self._concepts:
            return parsed
        if unit == "%" and parsed.value in (0, 100):
            return parsed
        return replace(parsed, op=">=" if self._concepts[concept].direction == "higher" else "<=")


def _keywords(groups: Iterable[Any], terms: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Word → topics: the words of the topics' names, and the glossary's terms. A word of many topics says nothing."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        for topic in group.topics:
            for word in re.split(r"[与和、及]", topic.name.zh):
                found[word][topic.id] += 1
    for term in terms:
        for word in (term.term.zh, *term.aliases.zh) if len(term.topics) <= MOST_TOPICS else ():
            for topic in term.topics:
                found[word.strip("“”《》")][topic] += 1
    return {word: tuple(topics) for word, topics in found.items() if len(word) > 1 and len(topics) <= MOST_TOPICS}


def _longest_first(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(names, key=lambda pair: (-len(pair[0]), pair))


def _letters(text: str) -> str:
    """A name without spaces, brackets with what they hold, quotes and formula marks."""
    text = re.sub(r"[（(][^（）()]*[)）]", "", text)
    return re.sub(r"[\s“”\"'《》_{}]", "", text)


def _unit_letters(text: str) -> str:
    return (
        text.replace("μ", "µ")
        .replace("³", "3")
        .replace("²", "2")
        .replace("平方公里", "平方千米")
        .replace(" ", "")
        .lower()
    )


def _core(printed: str) -> str:
    """A body's name without the district in front and the kind of body behind, as it differs from place to place."""
    return KIND_OF_BODY.sub("", LOCAL.sub("", printed)) or printed
