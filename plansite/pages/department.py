"""Departments: the roles of government, each jurisdiction's body for them, and all that a body must do."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import ROLES, Assignment, Department, Jurisdiction, Measure, Responsibility
from plansite.page import Page
from plansite.parts.descriptions import named, named_in
from plansite.parts.listings import count_targets, first_deadline, targets_by_deadline
from plansite.parts.summaries import count_measures
from plansite.view import Row, View

Task = tuple[Measure, Assignment]
FEW = 2  # bodies that the first lines can name one by one


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each role."""
    yield _list(view)
    for department in view.site.departments.values():
        yield _page(view, department)


def _list(view: View) -> Page:
    _ = view._
    jurisdictions = _with_plans(view)
    title = _("Responsible bodies")
    rows = sorted(
        (_list_row(view, department, jurisdictions) for department in view.site.departments.values()),
        key=lambda row: -row["count"],
    )
    context = {"rows": rows, "jurisdictions": [view.text(jurisdiction.name) for jurisdiction in jurisdictions]}
    return Page(
        kind="departments",
        locale=view.locale,
        address=urls.DEPARTMENTS,
        template="departments.html",
        title=title,
        description=_(
            "Who has to do it: %(count)s roles of government, the body that has each role in each city and "
            "district, and in how many measures it is named.",
            count=len(rows),
        ),
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="departments",
        in_search=False,
    )


def _list_row(view: View, department: Department, jurisdictions: list[Jurisdiction]) -> Row:
    tasks = _tasks(view, department)
    bodies = []
    for jurisdiction in jurisdictions:
        body = department.bodies.get(jurisdiction.id)
        mine = tasks.get(jurisdiction.id, [])
        bodies.append((view.text(body.name) if body else "", len(mine) if body else ""))
    return {
        "name": view.text(department.name),
        "path": view.path(urls.department(department.id)),
        "bodies": bodies,
        "count": sum(map(len, tasks.values())),
        "leads": sum(
            measure.responsibility(assignment) in ("named-lead", "sole")
            for mine in tasks.values()
            for measure, assignment in mine
        ),
    }


def _page(view: View, department: Department) -> Page:
    _, name, tasks = view._, view.text(department.name), _tasks(view, department)
    sections = [
        _section(view, department, jurisdiction, tasks.get(jurisdiction.id, []))
        for jurisdiction in view.site.jurisdictions.values()
        if jurisdiction.id in department.bodies
    ]
    held = [
        (
            view.text(view.site.jurisdictions[jurisdiction].name),
            view.text(view.site.body(role, jurisdiction)),
            f"{view.path(urls.department(role))}#{jurisdiction}",
        )
        for jurisdiction, role in department.held_by.items()
    ]
    lead = _lead(view, department, tasks)
    measures = [measure for mine in tasks.values() for measure, _assignment in mine]
    return Page(
        kind="department",
        locale=view.locale,
        address=urls.department(department.id),
        template="department.html",
        title=name,
        description=lead,
        told=(named(view, name, lead), *named_in(view, measures)),
        context={"name": name, "sections": sections, "held": held, "all_path": view.path(urls.DEPARTMENTS)},
        crumbs=((_("Home"), urls.HOME), (_("Responsible bodies"), urls.DEPARTMENTS), (name, None)),
        section="departments",
        filters=(
            ("kind", "department"),
            ("department", department.id),
            *(("plan", id) for id in dict.fromkeys(measure.plan for mine in tasks.values() for measure, _a in mine)),
        ),
    )


def _lead(view: View, department: Department, tasks: dict[str, list[Task]]) -> str:
    """Who has the role where, in how many measures, and by when the first target falls due."""
    _, parts = view._, []
    if len(department.bodies) > FEW:
        measures = [measure for mine in tasks.values() for measure, _assignment in mine]
        year = first_deadline(measures)
        counts = {"measures": count_measures(view, len(measures)), "places": len(department.bodies), "year": year}
        if year:
            return _(
                "Named in %(measures)s of %(places)s cities and districts, the first target by the end of %(year)s.",
                **counts,
            )
        return _("Named in %(measures)s of %(places)s cities and districts.", **counts)
    for id, body in department.bodies.items():
        measures = [measure for measure, _assignment in tasks.get(id, [])]
        values = {
            "district": view.text(view.site.jurisdictions[id].name),
            "body": view.text(body.name),
            "measures": count_measures(view, len(measures)),
            "year": first_deadline(measures),
        }
        if values["year"]:
            parts.append(
                _(
                    "In %(district)s: %(body)s, named in %(measures)s, the first target by the end of %(year)s.",
                    **values,
                )
            )
        else:
            parts.append(_("In %(district)s: %(body)s, named in %(measures)s.", **values))
    return ("" if view.locale == "zh" else " ").join(parts)


def _section(view: View, department: Department, jurisdiction: Jurisdiction, tasks: list[Task]) -> Row:
    """One jurisdiction's body: its spellings, its targets, and its measures by the part it takes in them."""
    _, body = view._, department.bodies[jurisdiction.id]
    titles: dict[Responsibility, str] = {
        "named-lead": _("It leads"),
        "sole": _("It alone is called responsible"),
        "shared": _("It is responsible for its part, nobody leads"),
        "joint": _("It is responsible with others, how they share is not said"),
        "under-lead": _("It is responsible for its part, others lead"),
        "supporting": _("It supports"),
        "unstated": _("It is named without a word about its part"),
    }
    groups = []
    for part, title in titles.items():
        rows = [view.measure(measure) for measure, assignment in tasks if measure.responsibility(assignment) == part]
        if rows:
            groups.append({"part": part, "title": title, "count": count_measures(view, len(rows)), "rows": rows})
    measures = [measure for measure, _assignment in tasks]
    targets = targets_by_deadline(view, measures)
    return {
        "id": jurisdiction.id,
        "jurisdiction": view.text(jurisdiction.name),
        "path": view.path(urls.district(jurisdiction.id)),
        "body": view.text(body.name),
        "chinese": body.name.zh if view.locale == "en" else "",
        "printed": body.printed,
        "counts": [sum(assignment.role == role for _measure, assignment in tasks) for role in ROLES],
        "first": str(first_deadline(measures) or "–"),
        "targets": targets,
        "targets_count": count_targets(view, len(targets)),
        "groups": groups,
        "standing": _standing(view, department, jurisdiction),
        "shared": any(len(measure.assignments) > 1 for measure in measures if measure.targets),
    }


def _standing(view: View, department: Department, jurisdiction: Jurisdiction) -> list[Row]:
    """The remarks by which the body helps carry out every later measure of a plan without being named there."""
    rows = []
    for plan in view.site.plans.values():
        if plan.jurisdiction != jurisdiction.id or not plan.standing:
            continue
        if any(entry.department == department.id for entry in plan.standing.assignments):
            later = [measure for measure in plan.measures.values() if plan.standing_for(measure)]
            rows.append(
                {
                    "plan": view.plan_link(plan),
                    "count": count_measures(view, len(later)),
                    "stated": view.measure(plan.known(plan.standing.measure)),
                }
            )
    return rows


def _tasks(view: View, department: Department) -> dict[str, list[Task]]:
    """The measures that name the role, by jurisdiction, each measure once."""
    tasks: dict[str, dict[tuple[str, str], Task]] = {}
    for measure, assignment in view.links.by_department.get(department.id, []):
        mine = tasks.setdefault(view.plan_of(measure).jurisdiction, {})
        mine.setdefault((measure.plan, measure.id), (measure, assignment))
    return {id: list(found.values()) for id, found in tasks.items()}


def _with_plans(view: View) -> list[Jurisdiction]:
    ids = {plan.jurisdiction for plan in view.site.plans.values()}
    return [jurisdiction for jurisdiction in view.site.jurisdictions.values() if jurisdiction.id in ids]
