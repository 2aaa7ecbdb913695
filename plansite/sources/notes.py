"""Responsibility notes: the bracket at the end of a task paragraph that names who carries it out.

The role of a body is the word that closes its list: 牵头 leads, 负责 is responsible, 按职责分工负责 is responsible for
its part ("shared"), 配合 supports ("with"). A body that no such word follows is "unstated".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plansite.model import Role
from plansite.sources.outline import NamedBody

OPEN, CLOSE = "(（", ")）"
LONGEST_NOTE = 400

_WORDS = r"牵头|负责|配合|按照?职责|责任单位|分工落实"
_BODY = re.compile(
    r"(?:局|委|办|办公室|部|部门|分局|大队|政府|单位|法院|检察院|院|中心|公司|海关|开发区|街镇|街道|联|团委|人大|联合会|室|会)$"
)
_SEPARATOR = re.compile(r"[、，,；;。]")
_REMARK = re.compile(
    r"[。；;]?\s*(?P<remark>以[下上][^。]*?任务[^。]*?均?由(?P<bodies>[^。]*?)(?:配合落实|配合|落实|负责)[^（）()]*)$"
)
_LABEL = re.compile(r"(?P<label>牵头单位|责任单位|配合单位|责任部门|牵头部门|配合部门)\s*[:：]\s*")
_ENDING = re.compile(
    r"(?P<name>.*?)(?P<role>牵头负责|牵头|(?:按照?(?:各自)?职责(?:分工)?)?(?:共同)?负责(?:落实)?|(?:按照?职责(?:分工)?)?配合(?:实施|落实|执行)?|按照?(?:各自)?职责分工(?:落实)?)"
)
_LABEL_ROLE: dict[str, Role] = {"牵头": "lead", "责任": "responsible", "配合": "with"}


@dataclass(frozen=True, slots=True)
class Note:
    """`before` is the paragraph without the note, `text` the note without brackets.

    `remark` is what it says of all later tasks; `whole` is false if one of the brackets is missing.
    """

    before: str
    text: str
    bodies: tuple[NamedBody, ...]
    remark: str = ""
    whole: bool = True


def find_note(paragraph: str) -> Note | None:
    """The note that closes a paragraph; None if it closes with none."""
    text = paragraph.rstrip()
    tail = text.rstrip("。")
    if tail and tail[-1] in CLOSE:
        start = _matching(tail)
        inner = tail[start + 1 : -1] if start >= 0 else ""
        if start >= 0 and _is_note(inner):
            return _note(text[:start], inner, whole=True)
        start = max(text.rfind("。", 0, len(tail) - 1), -1)
        inner = tail[start + 1 : -1]
        if _matching(tail) < 0 and _is_note(inner):
            return _note(text[: start + 1], inner, whole=False)
        return None
    start = _unclosed(text)
    if start >= 0 and _is_note(tail[start + 1 :]) and re.search(rf"(?:{_WORDS})$", tail):
        return _note(text[:start], tail[start + 1 :], whole=False)
    return None


def split_tasks(paragraph: str) -> tuple[str, ...]:
    """The tasks that one printed paragraph holds: it is cut after each responsibility note that text follows."""
    parts, start = [], 0
    for match in re.finditer(rf"[{CLOSE}](?!\s*$)(?![。\s]*$)", paragraph):
        if not paragraph.endswith("负责", start, match.start()):
            continue
        before = paragraph[start : match.end()]
        opened = _matching(before)
        if opened >= 0 and find_note(before):
            parts.append(before)
            start = match.end()
    rest = paragraph[start:]
    return (*parts, rest) if not parts or find_note(rest) else (paragraph,)


def ends_in_open_note(text: str) -> bool:
    """Whether a paragraph breaks off inside a bracket."""
    return _unclosed(text.rstrip()) >= 0


def closes_a_bracket(text: str) -> bool:
    """Whether a paragraph closes a bracket that it has not opened."""
    depth = 0
    for sign in text:
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth < 0:
            return True
    return False


def read_bodies(note: str) -> tuple[NamedBody, ...]:
    """The bodies of a note, in the printed order, each with its role."""
    found: list[tuple[str, Role | None]] = []
    pending = 0  # found[pending:] have no role yet
    label: Role | None = None
    for token in _SEPARATOR.split(note):
        token = token.strip()
        if match := _LABEL.match(token):
            label, token = _LABEL_ROLE[match["label"][:2]], token[match.end() :]
            pending = len(found)
        ending = _ENDING.fullmatch(token)
        name = _bare_name(ending["name"] if ending else token)
        if name:
            found.append((name, label))
        if not ending or label:
            continue
        role = _role(ending["role"])
        found[pending:] = [(body, role) for body, _ in found[pending:]]
        pending = len(found)
    return tuple(NamedBody(name, role or "unstated") for name, role in found)


def _role(words: str) -> Role:
    if words.startswith("牵头"):
        return "lead"
    if "配合" in words:
        return "with"
    return "shared" if "职责" in words else "responsible"


def remark_bodies(remark: str) -> tuple[NamedBody, ...]:
    """The bodies that a remark such as 以下任务均由…配合落实 adds to every later task."""
    match = _REMARK.search(remark)
    if not match:
        return ()
    role = _role(match["remark"])
    names = (_bare_name(name.strip()) for name in _SEPARATOR.split(match["bodies"]))
    return tuple(NamedBody(name, role) for name in names if name)


def _note(before: str, inner: str, *, whole: bool) -> Note:
    inner = inner.strip()
    match = _REMARK.search(inner)
    own = inner[: match.start()] if match else inner
    return Note(before.rstrip(), inner, read_bodies(own), match["remark"] if match else "", whole)


def _bare_name(name: str) -> str:
    """A body without 等, 等部门 and the like, and without the spaces of OCR between Chinese characters."""
    name = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", name)
    return re.sub(r"(?<=[局委办会部院分])等(?:.*(?:部门|单位|机构))?$", "", name)


def _is_note(inner: str) -> bool:
    """Whether the words in a bracket name bodies: some say who leads, or all end like the name of a body."""
    if not inner or len(inner) > LONGEST_NOTE:
        return False
    names = [re.sub(r"\s", "", name) for name in _SEPARATOR.split(inner) if name.strip()]
    if re.search(_WORDS, inner):
        return any(_BODY.search(_bare_name((_ENDING.fullmatch(name) or {"name": name})["name"])) for name in names)
    return all(_BODY.search(_bare_name(name)) for name in names) and len("".join(names)) >= 4


def _matching(text: str) -> int:
    """Where the bracket opens that the last character closes; -1 if nowhere."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in CLOSE:
            depth += 1
        elif text[index] in OPEN:
            depth -= 1
            if depth == 0:
                return index
    return -1


def _unclosed(text: str) -> int:
    """Where the last bracket opens that is never closed; -1 if none."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in CLOSE:
            depth += 1
        elif text[index] in OPEN:
            if depth == 0:
                return index
            depth -= 1
    return -1
