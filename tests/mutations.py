"""Ways to spoil data, Markdown and documents; everything is decided by the generator of random numbers it is given."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "data:text/html,<script>alert(1)</script>",
    "]]><script>alert(1)</script><![CDATA[",
    "<!-- --><!--> <svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}${7*7}",
    '=HYPERLINK("http://evil.example";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "a\u202egnp.exe",
    "a\u2066b\u2069",
    "zero\u200bwidth\u200d",
    "\ufeffmark",
    "bell\x07 null\x00 escape\x1b[31m",
    "line\u2028separator",
    "private\ue000use",
    "half\ud800",
    "tag\U000e0041",
    "e\u0301" * 30,
    "𠮷野家 🏞",
    "İstanbul ß ﬁ",
    "½ ² ٣ 三",
    "Ａ１，．",
    "../../etc/passwd",
    "..%2f..%2fetc",
    "%2e%2e/",
    "a\\b",
    "C:\\x",
    "CON",
    "a/b",
    "a\x00b",
    "-",
    "--",
    ".",
    "..",
    "~",
    "TODO",
    "null",
    "true",
    "2023-04-25",
    "9" * 400,
    "1e999",
    "-0",
    "0x1f",
    "1_000",
    "%s %(x)s {0} {x}",
    "&#106;avascript&colon;alert(1)",
    "&amp;lt;&#x202e;",
    "\\u003cscript\\u003e",
    "a" * 5000,
    "规" * 4001,
    "《》“”（）",
    " ",
    "",
    "a\nb",
    "\t",
    "，。",
    "25%以上30以下",
    "到2025年达到85%",
)

LONG = 40  # entries; no record has as many fields

NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    1,
    2,
    999,
    1000,
    2025,
    10**14,
    10**15,
    10**40,
    -(10**20),
    0.1,
    1.5,
    -2.5,
    1e-12,
    1e300,
)

Mutation = Callable[[random.Random, Any], Any]
Slot = tuple[Any, Any]


def hostile(rng: random.Random) -> str:
    return rng.choice(HOSTILE)


def odd_value(rng: random.Random) -> Any:
    """Something of any type."""
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(NUMBERS)
    if kind == 1:
        return rng.choice((None, True, False))
    if kind == 2:
        return rng.choice(([], {}, [[]], [{}], {"": ""}, {"zh": "甲", "en": "A"}))
    if kind == 3:
        nested: Any = "x"
        for _ in range(rng.choice((3, 31, 200))):
            nested = [nested] if rng.random() < 0.5 else {"a": nested}
        return nested
    return hostile(rng)


def slots(data: Any) -> list[Slot]:
    """Every place in nested data: what holds it, and its key or index there."""
    found: list[Slot] = []
    todo = [data]
    while todo:
        part = todo.pop()
        keys: Iterator[Any] = iter(part) if isinstance(part, dict) else iter(range(len(part)))
        for key in keys:
            found.append((part, key))
            if isinstance(part[key], dict | list):
                todo.append(part[key])
    return found


def spoil(rng: random.Random, data: Any, times: int = 1) -> Any:
    """A copy of nested data in which one thing or some are wrong."""
    data = copy.deepcopy(data)
    for _ in range(times):
        places = slots(data) if isinstance(data, dict | list) else []
        if not places:
            return odd_value(rng)
        _spoil_one(rng, *rng.choice(places), places)
    return data


def _spoil_one(rng: random.Random, holder: Any, key: Any, places: list[Slot]) -> None:
    value = holder[key]
    kind = rng.randrange(12)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = odd_value(rng)
    elif kind == 2 and isinstance(value, str):
        at = rng.randint(0, len(value))
        holder[key] = value[:at] + hostile(rng) + value[at:]
    elif kind == 3 and isinstance(value, int | float):
        holder[key] = rng.choice((*NUMBERS, value + 1, -value, str(value)))
    elif kind == 4 and isinstance(holder, list):
        holder.insert(rng.randint(0, len(holder)), copy.deepcopy(value))
    elif kind == 5 and isinstance(holder, dict):
        holder[rng.choice((hostile(rng), f"{key}s", str(key).upper()))] = holder.pop(key)
    elif kind == 6 and isinstance(holder, dict):
        holder[hostile(rng)] = odd_value(rng)
    elif kind == 7:
        other, name = rng.choice(places)
        if (isinstance(other, dict) and name in other) or (isinstance(other, list) and name < len(other)):
            holder[key] = copy.deepcopy(other[name])
    elif kind == 8 and isinstance(value, str) and len(value) > 1:
        at = rng.randrange(len(value))
        holder[key] = value[:at] + value[at + 1 :]
    elif kind == 9 and isinstance(value, list):
        rng.shuffle(value)
    elif kind == 10 and isinstance(value, list):
        holder[key] = value * rng.choice((2, 50)) if len(str(value)) < 20_000 else []
    else:
        holder[key] = hostile(rng)


def disorder(rng: random.Random, data: Any, times: int = 1) -> Any:
    """A copy in which every value may be right by itself: entries dropped, doubled, moved, or one put for another."""
    data = copy.deepcopy(data)
    for _ in range(times):
        places = slots(data) if isinstance(data, dict | list) else []
        if not places:
            return data
        holder, key = rng.choice(places)
        value = holder[key]
        alike = [other[name] for other, name in places if type(other[name]) is type(value) and name == key]
        kind = rng.randrange(6)
        if kind == 0 and isinstance(holder, list):
            del holder[key]
        elif kind == 1 and isinstance(holder, list):
            holder.insert(rng.randint(0, len(holder)), copy.deepcopy(value))
        elif kind == 2 and isinstance(value, list):
            rng.shuffle(value)
        elif kind == 3 and isinstance(holder, dict):
            del holder[key]
        elif isinstance(value, int):
            holder[key] = max(0, value + rng.choice((-1, 1, 5)))
        else:
            holder[key] = copy.deepcopy(rng.choice(alike))
    return data


def sample(rng: random.Random, data: Any, most: int = 3) -> Any:
    """A part of the data of a file: of each long list some entries in a row."""
    if isinstance(data, dict):
        keys = rng.sample(list(data), 5) if len(data) > LONG else data
        return {key: sample(rng, data[key], most) for key in keys}
    if isinstance(data, list):
        start = rng.randrange(len(data) - most + 1) if len(data) > most else 0
        return [sample(rng, value, most) for value in data[start : start + most]]
    return data


def as_yaml(data: Any) -> bytes:
    """Nested data as YAML: JSON is YAML, too."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def as_lines(data: Any) -> bytes:
    """A mapping in the form of `line_file`."""
    if not isinstance(data, dict):
        return as_yaml(data)
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in data.items())
    return "".join(lines).encode("utf-8", "surrogatepass")


YAML_BITS = (
    *(b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system ['true']", b"!!binary aGk=", b"---\n", b"...\n"),
    *(
        b"%YAML 9.9\n",
        b"? ",
        b": ",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"[" * 300,
        b"- " * 300,
        b"|\n",
        b">\n",
        b"\t",
        b"#",
    ),
    *(b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00", b"\r", b"\r\n", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"'", b'"', b'"\\x', b'"\\u200b"', b'"\\ud800"', b'"\\0"', b"9" * 5000, b"-", b"~", b"=", b"@", b"`", b"%"),
)


def spoil_bytes(rng: random.Random, raw: bytes, bits: tuple[bytes, ...] = YAML_BITS, times: int = 3) -> bytes:
    """Bytes changed, cut out, doubled, or put in, a few times."""
    data = bytearray(raw)
    for _ in range(rng.randint(1, times)):
        at = rng.randint(0, len(data))
        span = min(int(rng.expovariate(0.1)) + 1, max(len(data) - at, 0))
        kind = rng.randrange(7)
        if kind == 0 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 1:
            del data[at : at + span]
        elif kind == 2:
            data[at:at] = data[at : at + span]
        elif kind == 3:
            data[at:at] = rng.choice(bits)
        elif kind == 4:
            data[at:at] = hostile(rng).encode("utf-8", "surrogatepass")
        elif kind == 5 and rng.random() < 0.2:
            del data[at:]
        else:
            data[at : at + span] = rng.randbytes(span)
    return bytes(data)


def spoil_lines(rng: random.Random, text: str, bits: tuple[str, ...], times: int = 4) -> str:
    """Lines dropped, doubled, moved, joined, or with something put in."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, times)):
        at = rng.randrange(len(lines))
        kind = rng.randrange(6)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(at, rng.choice(lines))
        elif kind == 2:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3 and at + 1 < len(lines):
            lines[at] += lines.pop(at + 1)
        else:
            place = rng.randint(0, len(lines[at]))
            bit = rng.choice((*bits, hostile(rng)))
            lines[at] = lines[at][:place] + bit * rng.choice((1, 1, 1, 3, 40)) + lines[at][place:]
    return "\n".join(lines)


MARKDOWN_BITS = (
    *(
        "[",
        "](",
        ")",
        "![",
        "]: ",
        "<",
        ">",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "\\",
        "| ",
        "---|",
        "# ",
        "===\n",
        "- ",
        "1. ",
    ),
    *(
        "    ",
        "\n",
        "\n\n",
        "> ",
        "[TOC]",
        "&#x202e;",
        "&rlm;",
        "&#0;",
        "<!--",
        "-->",
        "<?php ",
        "<![CDATA[",
        "[a]: b\n",
    ),
    *("[x](javascript:alert(1))", "[x](site:javascript:alert(1))", "[x](java\tscript:alert(1))", "[x](//evil.example)"),
    *("![x](http://evil.example/a.png)", "[x](http://[)", '[x](javascript:"; expected ")', "<javascript:alert(1)>"),
    *('<http://a.example/"onclick=alert(1)>', "[x][y]\n\n[y]: javascript:alert(1)", "[x](<javascript:alert(1)>)"),
    *("[x](&#106;avascript&colon;alert(1))", "[x](javascript\\:alert(1))", '[a](b "t" onclick=alert(1)>")'),
    *("\x02amp\x03", "\x02wzxhzdk:0\x03", "order: ²\n", "order: 99999\n", "title: \n", "---\n", "{: onclick=alert(1)}"),
)

DOCUMENT_BITS = (
    *(
        "第一章 ",
        "第二节 ",
        "第l节 ",
        "一、",
        "（一）",
        "1. ",
        "专栏1 ",
        "目录",
        "前言",
        "\t",
        "\t\t\t",
        "**",
        "。",
        "；",
        "，",
        "、",
    ),
    *(
        "（区水务局负责）",
        "（区城管局牵头，区财政局配合）",
        "（",
        "）",
        "按职责分工负责",
        "-12-",
        "第3页 共9页",
        "2025年",
        "≤",
        "≥90%",
    ),
    *(
        "______",
        "$ _{2.5} $",
        "\u3000",
        "\xa0",
        "……",
        "第九百九十九章 ",
        "第十十章 ",
        "专栏99999999999999999999 ",
        "指标 单位 2020年 2025年",
    ),
    *("“", "”", "《", "》", "9" * 300, "一" * 61, "\\", "{", "}", "$$", "^", "\r", "\x0c", "\x0b"),
)

HTML_BITS = (
    *(
        "<table>",
        "<tr>",
        "<td colspan=99999 rowspan=99999>",
        "</table>",
        "<td>",
        "<div>",
        "</div>",
        "<p>",
        "<b>",
        "<pre>",
        "<h1>",
    ),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "&a;",
        "&#x202e;",
        "&#0;",
    ),
    *(
        "<style>",
        "<script>",
        "<main>",
        "<br>",
        "<o:p>",
        "<?xml version='1.0'?>",
        "</html>",
        "<html>",
        "<body>",
        "</body>",
    ),
    *(
        "<svg>",
        "<template>",
        "<p style='display:none'>",
        "<td colspan=²>",
        "<td colspan=-1>",
        "<td rowspan=0>",
        "<caption>",
    ),
)

XML_BITS = (
    *(
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        b"&a;",
        b"&b;",
        b"<w:p>",
        b"</w:p>",
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        b"<w:tbl>",
        b"<w:tr>",
        b"<w:tc>",
        b"</w:tc>",
        b"<w:t>",
    ),
    *(b'<w:gridSpan w:val="99999999"/>', b'<w:gridSpan w:val="x"/>', b"<w:vMerge/>", b'<w:outlineLvl w:val="-1"/>'),
    *(b'<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>', b'<w:numId w:val="x"/>', b"<w:br/>", b"<w:tab/>"),
    *(
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"&#x0;",
        b"&#xFFFF;",
        b"\xff",
        b"\x00",
        b"<w:sdt>",
        b"<w:txbxContent>",
        b"<w:del>",
    ),
)

PDF_BITS = (
    *(
        b"endobj",
        b"obj",
        b"stream",
        b"endstream",
        b"<<",
        b">>",
        b"[",
        b"]",
        b"/Kids[3 0 R]",
        b"/Count -1",
        b"/Parent 3 0 R",
    ),
    *(
        b"/Type/Page",
        b"/Type/Pages",
        b"99999999999",
        b"-1",
        b"1e9",
        b"/Length 99999999",
        b"/Filter/FlateDecode",
        b"null",
    ),
    *(
        b"/Filter[/FlateDecode/FlateDecode]",
        b"/MediaBox[0 0 0 0]",
        b"/MediaBox[0 0 1e9 1e9]",
        b"/Encrypt 1 0 R",
        b"0 0 R",
    ),
    *(
        b"trailer",
        b"xref",
        b"startxref",
        b"%%EOF",
        b"/Root 99 0 R",
        b"/Prev 0",
        b"<FFFF",
        b"(\\",
        b"/W[0 0 0]",
        b"/Index[0 -1]",
    ),
)


def spoil_archive(rng: random.Random, raw: bytes) -> bytes:
    """A docx whose members are spoiled before it is packed again: dropped, doubled, changed, or large beyond reason."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(("word/document.xml", "word/document.xml", "word/styles.xml", "word/numbering.xml", *members))
        kind = rng.randrange(8)
        if kind == 0:
            members.pop(name, None)
        elif kind == 1:
            members[name] = members.get(rng.choice(list(members)), b"") if members else b""
        elif kind == 2:
            members[f"../{name}"] = b"x"
        elif kind == 3 and rng.random() < 0.1:
            members[name] = b"<a>" + bytes(rng.choice((2_000_000, 20_000_000))) + b"</a>"
        elif kind == 4:
            members[name] = members.get(name, b"").replace(b"<w:p>", b"<w:tbl><w:tr><w:tc><w:p>", rng.choice((1, 99)))
        elif kind == 5:
            content = members.get(name, b"")
            head = content.find(b"?>") + 2
            members[name] = content[:head] + rng.choice(XML_BITS) + content[head:]
        else:
            members[name] = spoil_bytes(rng, members.get(name, b""), XML_BITS)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def spoil_pdf(rng: random.Random, raw: bytes) -> bytes:
    """A PDF with words of its syntax put in, numbers changed, objects exchanged, or the text stream spoiled."""
    kind = rng.randrange(4)
    if kind == 0:
        return spoil_bytes(rng, raw, PDF_BITS)
    if kind == 1:
        numbers = list(re.finditer(rb"\d+", raw))
        for match in sorted(rng.sample(numbers, min(len(numbers), rng.randint(1, 4))), key=lambda m: -m.start()):
            number = rng.choice((b"0", b"1", b"3", b"99999999", b"-1", b"4294967296", match[0] + b"0"))
            raw = raw[: match.start()] + number + raw[match.end() :]
        return raw
    if kind == 2:
        names = list(re.finditer(rb"/[A-Z][A-Za-z]+", raw))
        match, other = rng.choice(names), rng.choice(names)
        return raw[: match.start()] + other[0] + raw[match.end() :]
    objects = raw.split(b"endobj")
    rng.shuffle(objects)
    return b"endobj".join(objects)


NEW = {"zh": "新的", "en": "New"}
SEED: dict[str, Any] = {
    "redirects.yaml": [{"from": "plans/a-1/measures/b/", "to": "plans/a-1/measures/c/", "why": NEW}],
    "translations.yaml": {"family/a": {"zh": "01234567", "en": "01234567", "facts": {"member": ["a-1/b"]}}},
    "plans/*/completion.yaml": {
        "box": {"number": 1, "title": NEW, "at": {"chapter": 1, "section": 1}},
        "year": 2020,
        "categories": [{"id": "air", "name": NEW}],
        "rows": [
            {
                **{"number": 1, "category": "air", "name": NEW, "printed_name": "新的", "unit": "%"},
                **{"planned": {"printed": "30", "op": "<=", "value": 30}, "achieved": {"printed": "—"}},
            }
        ],
    },
    "plans/*/withdrawn.yaml": [{"id": "a-b", "last": "2023-04", "fate": "merged", "into": ["c"], "text": NEW}],
    "plans/*/new-tasks.yaml": [
        {"at": {"chapter": 1, "section": 1, "item": 1}, "heading": "新的", "departments": {"lead": ["甲局"]}}
    ],
    "plans/*/succession.yaml": [{"measure": "a", "relation": "continues", "earlier": ["b"], "how": NEW}],
    "plans/*/translations.yaml": {
        "measure/a": {"zh": "01234567", "alone": ["3"], "apart": {"en": {"beside": "01234567"}}}
    },
}
"""A seed for each kind of file of which no example is at hand."""
