"""What the picture of a page shows: names and facts that stand on the page, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plansite import formats, urls
from plansite.compare import comparison
from plansite.model import LOCALES, Cell, Concept, Family, Jurisdiction, Locale, Measure, Plan, Quantity, Text, Unit
from plansite.parts.listings import short_name
from plansite.parts.summaries import figures, period
from plansite.view import View

NONE = Text("", "")
FACTS = 5  # told in the words for a picture


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, a name or a worded target, and what it is about."""

    value: Text
    caption: Text = NONE


@dataclass(frozen=True, slots=True)
class Card:
    """`above` (with `mark`, a locator or years) and `below` the title say where it belongs.

    The facts stand beside it under a heading, and at the `foot` who says all this.
    """

    title: Text
    above: Text = NONE
    mark: Text = NONE
    below: Text = NONE
    heading: Text = NONE
    facts: tuple[Fact, ...] = ()
    foot: Text = NONE

    def text(self) -> str:
        """Everything that is drawn."""
        parts = [self.title, self.above, self.mark, self.below, self.heading, self.foot]
        parts += [part for fact in self.facts for part in (fact.value, fact.caption)]
        return "".join(part.zh + part.en for part in parts)

    def alt(self, locale: Locale) -> str:
        """The picture in words."""
        comma, semicolon, colon = ("，", "；", "：") if locale == "zh" else (", ", "; ", ": ")
        facts = [_join(comma, fact.value[locale], fact.caption[locale]) for fact in self.facts[:FACTS]]
        facts += [more(len(self.facts) - FACTS)] if len(self.facts) > FACTS else []
        told = _join(colon, self.heading[locale], semicolon.join(facts))
        above = _join(" ", self.above[locale], self.mark[locale])
        return _join(" · ", self.title[locale], above, told, self.foot[locale])


def more(count: int) -> str:
    """How many facts are not told."""
    return f"+{count}"


class Both:
    """The views of both languages, for a text from each."""

    def __init__(self, views: dict[Locale, View]) -> None:
        self.views = views
        self.zh, self.en = (views[locale] for locale in LOCALES)
        self.site = self.zh.site

    def plan(self, plan: Plan) -> Text:
        """A plan by its jurisdiction, or by its short title where that has several."""
        return Text(short_name(self.zh, plan), short_name(self.en, plan))

    def _(self, english: str, **values: object) -> Text:
        """An interface text."""
        return Text(self.zh._(english, **values), self.en._(english, **values))


def cards(views: dict[Locale, View]) -> dict[str, Card]:
    """Address → card, for every thing that has a picture of its own."""
    both = Both(views)
    foot = both._("Unofficial restatement")
    return {urls.HOME: _site(both), **{address: replace(card, foot=foot) for address, card in _cards(both)}}


def _cards(both: Both) -> Iterator[tuple[str, Card]]:
    site = both.site
    for jurisdiction in site.jurisdictions.values():
        yield urls.district(jurisdiction.id), _district(both, jurisdiction)
    for plan in site.plans.values():
        yield urls.plan(plan.id), _plan(both, plan)
        for measure in plan.measures.values():
            yield urls.measure(plan.id, measure.id), _measure(both, plan, measure)
    for family in site.families.values():
        yield urls.family(family.id), _family(both, family)
    for concept in site.concepts.values():
        yield urls.indicator(concept.id), _indicator(both, concept)


def _site(both: Both) -> Card:
    info, site = both.site.info, both.site
    counts = (*_counts(both, list(site.plans.values())), _count(len(site.concepts), both._("indicators")))
    return Card(info.name, below=info.tagline, heading=both._("Contents"), facts=counts)


def _district(both: Both, jurisdiction: Jurisdiction) -> Card:
    plans = [plan for plan in both.site.plans.values() if plan.jurisdiction == jurisdiction.id]
    name, official = jurisdiction.name, jurisdiction.official_name
    return Card(
        name,
        above=both._("Environmental plans"),
        below=official if official != name else NONE,
        heading=both._("Contents"),
        facts=_counts(both, plans),
    )


def _counts(both: Both, plans: list[Plan]) -> tuple[Fact, Fact]:
    measures = sum(len(plan.measures) for plan in plans)
    return _count(len(plans), both._("plans")), _count(measures, both._("measures"))


def _count(count: int, words: Text) -> Fact:
    return Fact(Text(str(count), str(count)), words)


def _plan(both: Both, plan: Plan) -> Card:
    counted = zip(figures(both.zh, plan), figures(both.en, plan), strict=True)
    facts = tuple(Fact(Text(zh["number"], en["number"]), Text(zh["label"], en["label"])) for zh, en in counted)
    return Card(
        plan.short_title,
        above=both.site.jurisdictions[plan.jurisdiction].name,
        mark=Text(period(both.zh, plan), period(both.en, plan)),
        below=plan.issuer or NONE,
        heading=both._("Contents"),
        facts=facts[:4],
    )


def _measure(both: Both, plan: Plan, measure: Measure) -> Card:
    heading, facts = _target(both, measure.targets[0]) if measure.targets else _bodies(both, plan, measure)
    return Card(
        measure.title,
        above=both.site.jurisdictions[plan.jurisdiction].name,
        mark=Text(measure.locator, measure.locator),
        below=plan.short_title,
        heading=heading,
        facts=facts,
    )


def _target(both: Both, target: Quantity) -> tuple[Text, tuple[Fact, ...]]:
    """The number with its unit, what it counts and its year."""
    value, unit = _value(target, target.unit)
    year, base = _year(target.year), target.compared_with
    against = both._("compared with %(year)s", year=base) if base else NONE
    return both._("Target"), (Fact(value, _list(unit, target.what, against, year)),)


def _bodies(both: Both, plan: Plan, measure: Measure) -> tuple[Text, tuple[Fact, ...]]:
    """Who leads; where nobody does, who is responsible; where the note says neither, whom it names."""
    leading = [each for each in measure.assignments if each.role == "lead"]
    responsible = [each for each in measure.assignments if each.role in ("responsible", "shared")]
    heading = both._("Leads") if leading else both._("Responsible") if responsible else both._("Named only")
    found = leading or responsible or measure.assignments
    names = [both.site.body(each.department, plan.jurisdiction) for each in found]
    return heading, tuple(map(Fact, names))


def _family(both: Both, family: Family) -> Card:
    plans = [both.plan(both.site.plans[id]) for id in family.plans]
    topic = both.site.topics[family.topic].name
    return Card(
        family.title,
        above=both._("Shared measure"),
        below=topic if topic != family.title else NONE,
        heading=both._("Compared"),
        facts=tuple(map(Fact, plans)),
    )


def _indicator(both: Both, concept: Concept) -> Card:
    """Every plan's target; a unit that all share stands above them."""
    found = comparison.leading(comparison.claims(both.site, both.zh.links, concept.id))
    units = list(dict.fromkeys(_value(claim.target, claim.unit)[1] for claim in found if claim.value is not None))
    shared = units[0] if len(units) == 1 else NONE
    facts = []
    for claim in found:
        value, unit = _value(claim.target, claim.unit)
        for other in claim.others:
            also, _ = _value(other.target, other.unit)
            value = Text(_join(" / ", value.zh, also.zh), _join(" / ", value.en, also.en))
        scope = both.site.scopes[claim.scope].name if claim.scope else NONE
        plan = both.plan(both.site.plans[claim.plan])
        facts.append(Fact(value, _list(NONE if unit == shared else unit, plan, _year(claim.year), scope)))
    heading = both._("Targets")
    return Card(
        concept.name,
        above=both._("Indicator"),
        below=both.site.topics[concept.topics[0]].name,
        heading=Text(_join(" ", heading.zh, shared.zh), _join(" ", heading.en, shared.en)),
        facts=tuple(facts),
    )


def _value(target: Quantity | Cell, unit: Unit | None) -> tuple[Text, Text]:
    """A number, and the unit that has to be told beside it; "%" stays with the number, words have no unit."""
    value = Text(formats.bare(target, "zh"), formats.bare(target, "en"))
    if target.value is None or target.worded or unit is None:
        return value, NONE
    if unit.symbol.zh == "%":
        return Text(f"{value.zh}%", f"{value.en}%"), NONE
    return value, unit.name if "×" in unit.symbol.en else Text(
        formats.symbol(unit, "zh", target.value), formats.symbol(unit, "en", target.value)
    )


def _year(year: int) -> Text:
    return Text(f"{year}年", str(year)) if year else NONE


def _list(*parts: Text) -> Text:
    return Text(_join("，", *(part.zh for part in parts)), _join(", ", *(part.en for part in parts)))


def _join(mark: str, *parts: str) -> str:
    return mark.join(filter(None, parts))
