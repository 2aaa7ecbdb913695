"""What the pages of shared measures say of a family, computed from its members: numbers, bodies, who is silent."""

from __future__ import annotations

from plansite import formats, urls
from plansite.compare.comparison import Claim, Comparison, Obstacle
from plansite.model import ROLES, Cell, Family, Plan, Quantity, Role, Site
from plansite.parts.listings import deadline, short_name
from plansite.view import Row, View


def differences(view: View, family: Family) -> list[Row]:
    """Facet (id and words), what, and the text of each plan of the family ("" where it says nothing)."""
    return [
        {
            "facet": each.facet,
            "facet_name": facet_name(view, each.facet),
            "what": view.text(each.what),
            "values": [
                {
                    "plan": short_name(view, view.site.plans[id]),
                    "text": view.text(each.values[id]) if id in each.values else "",
                }
                for id in family.plans
            ],
        }
        for each in family.differences
    ]


def facet_name(view: View, facet: str) -> str:
    _ = view._
    return {
        "number": _("Number"),
        "deadline": _("Deadline"),
        "threshold": _("Threshold"),
        "scope": _("Scope"),
        "means": _("Means"),
        "body": _("Bodies"),
    }[facet]


def numbers(view: View, family: Family) -> list[Row]:
    """The targets of all members, those about the same indicator together, then by deadline and plan."""
    pairs = [(m, target) for m in map(view.site.measure, family.members) for target in m.targets]
    concepts = list(dict.fromkeys(target.concept for _, target in pairs if target.concept))
    pairs.sort(key=lambda p: (concepts.index(p[1].concept) if p[1].concept else len(concepts), deadline(p[1])))
    return [view.target(measure, target) for measure, target in pairs]


def who(view: View, family: Family) -> list[Row]:
    """Departments by plans: the strongest role of each body; those that most plans name first."""
    roles: dict[str, dict[str, Role]] = {}
    for key in family.members:
        for assignment in view.site.measure(key).assignments:
            row = roles.setdefault(assignment.department, {})
            known = row.get(key[0])
            if known is None or ROLES.index(assignment.role) < ROLES.index(known):
                row[key[0]] = assignment.role
    order = list(roles)
    return [
        {
            "name": view.text(view.site.departments[id].name),
            "path": view.path(urls.department(id)),
            "cells": [
                {
                    "plan": short_name(view, view.site.plans[plan]),
                    "role": roles[id].get(plan, ""),
                    "body": view.body_name(id, view.site.plans[plan]) if plan in roles[id] else "",
                }
                for plan in family.plans
            ],
        }
        for id in sorted(order, key=lambda id: (-len(roles[id]), order.index(id)))
    ]


def relation_name(view: View, relation: Comparison) -> str:
    _ = view._
    return {
        "repeats": _("repeats"),
        "tightens": _("tightens"),
        "loosens": _("loosens"),
        "differs": _("differs"),
        "leaves-out": _("leaves out"),
        "not-comparable": _("not comparable"),
    }[relation]


def reason_text(view: View, reason: Obstacle) -> str:
    """Why two numbers may not be compared."""
    _ = view._
    return {
        "unit": _("another unit"),
        "year": _("another deadline"),
        "base-year": _("counted from another year"),
        "scope": _("another scope"),
        "nature": _("binding in one plan, not in the other"),
        "words": _("words, not a number"),
        "words-above": _("the city’s target is in words"),
        "words-below": _("the district’s target is in words"),
        "about": _("“about” so much, not an exact number"),
        "twofold": _("the plan gives more than one number"),
    }[reason]


def silent(site: Site, family: Family) -> list[Plan]:
    """The five-year plans for the same years that have no measure of a family."""
    members = [site.plans[id] for id in family.plans]
    peers = (plan for plan in site.plans.values() if plan.kind == "five-year-plan" and plan.id not in family.plans)
    return [plan for plan in peers if any(plan.contemporary(member) for member in members)]


def claim_text(view: View, claim: Claim, *, words: bool = False) -> str:
    """A target with its unit, as the site shows it: "≥90%" or, with `words`, "at least 90%"."""
    target: Cell | Quantity = claim.target
    if isinstance(target, Quantity):
        return formats.quantity(target, view.locale, words=words)
    assert claim.unit
    return formats.cell(target, claim.unit, view.locale, words=words)


def claim_texts(view: View, claim: Claim) -> str:
    """A target in words, and beside it the others that its plan gives for the same year."""
    return " / ".join(claim_text(view, each, words=True) for each in (claim, *claim.others))


def claim_path(view: View, claim: Claim) -> str:
    """Where a claim’s number stands: the printed row or official sentence if at hand, else its place on the site."""
    path = view.path(claim.address)
    if claim.plan not in view.official:
        return path
    if claim.nature != "text":
        return path.replace("#i", "#p")
    passage = view.official_measure(claim.measure) if claim.measure else None
    assert isinstance(claim.target, Quantity)
    sentence = passage.sentence_of(claim.target) if passage else 0
    return f"{path}#o{sentence}" if sentence else path
