"""A small plan, written for the tests, as txt, docx, pdf and html; and the same files broken in every way."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

import docx
from docx.document import Document as WordFile
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

Row = tuple[str, ...]

Entry = tuple[int, str, str] | list[Row]
"""Level of a heading, bold words, other words; or the rows of a table."""

PLAN: tuple[Entry, ...] = (
    (0, "", "柳河试验区清洁乡村规划"),
    (0, "", "前言"),
    (0, "", "这份小规划只为测试程序而写，柳河试验区并不存在，文中的机构、地点和数字也都是随手编的。"),
    (1, "", "第一章 现状与目标"),
    (2, "", "第一节 现状"),
    (0, "", "到2020年底，全区共有村屯36个，已经通上自来水的有31个，余下5个仍靠井水；PM2.5年均浓度为38微克/立方米。"),
    (2, "", "第二节 目标"),
    (0, "", "专栏1 “十四五”时期主要指标"),
    [
        ("指标类别", "序号", "指标名称", "2020年", "2025年", "属性"),
        ("空气", "1", "细颗粒物年均浓度（微克/立方米）", "38", "≤32", "约束性"),
        ("", "2", "优良天数比例（%）", "86.5", "≥90", "预期性"),
        ("水", "3", "自来水入户率（%）", "86", "100", "约束性"),
    ],
    (1, "", "第二章 主要任务"),
    (2, "", "第一节 让村屯更干净"),
    (0, "", "一、垃圾和污水"),
    (
        0,
        "定时收运垃圾。",
        "每个村屯每天收运一次垃圾，2023年前添置密闭垃圾车12辆，旧的敞口车全部停用，沿途不再洒漏；"
        "收运路线和时间贴在村口，改动之前三天告诉村民。（区城管局牵头，区财政局配合）",
    ),
    (0, "修好小污水站。", "在柳河两岸的9个大村各修一座小型污水站，每天处理污水450吨以上。（区水务局负责）"),
    (2, "", "第二节 让烟囱少冒烟"),
    (0, "", "2024年底前拆除10蒸吨/小时以下燃煤锅炉17台，改用热泵或者接入热网。（区住建局牵头，区发改局、各镇配合）"),
)


def write_txt(path: Path, encoding: str = "utf-8") -> Path:
    lines: list[str] = []
    for entry in PLAN:
        if isinstance(entry, list):
            lines += ["\t".join(row) for row in entry]
        else:
            _, bold, rest = entry
            lines.append(f"**{bold}**{rest}" if bold else f"　　{rest}")
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def write_docx(path: Path) -> Path:
    file = docx.Document()
    for entry in PLAN:
        if isinstance(entry, list):
            _word_table(file, entry)
            continue
        level, bold, rest = entry
        paragraph = file.add_heading(level=level) if level else file.add_paragraph()
        if bold:
            paragraph.add_run(bold[:3]).bold = True
            paragraph.add_run(bold[3:]).bold = True
        paragraph.add_run(rest)
    file.save(str(path))
    return path


def _word_table(file: WordFile, rows: list[Row]) -> None:
    table = file.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    for y, row in enumerate(rows):
        if not row[0]:
            merged = table.cell(y - 1, 0).merge(table.cell(y, 0))
            merged.text = rows[y - 1][0]


def write_html(path: Path) -> Path:
    parts: list[str] = []
    for entry in PLAN:
        if isinstance(entry, list):
            parts.append(_html_table(entry))
            continue
        level, bold, rest = entry
        tag = f"h{level}" if level else "p"
        half = len(rest) // 2
        wrapped = f"{escape(rest[:half])}\n    {escape(rest[half:])}" if half > 20 else escape(rest)
        lead = f"<strong>{bold}</strong>" if bold else ""
        parts.append(f"<{tag}>&emsp;&emsp;{lead}{wrapped}</{tag}>")
    body = "\n".join(parts)
    path.write_text(
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>规划</title><style>p {}</style></head>"
        f"<body><nav><a href=/>首页</a></nav><div class=text>{body}</div><script>var x = 1;</script></body></html>",
        encoding="utf-8",
    )
    return path


def _html_table(rows: list[Row]) -> str:
    lines = []
    for y, row in enumerate(rows):
        cells = []
        for x, text in enumerate(row):
            if text:
                covered = x == 0 and y + 1 < len(rows) and not rows[y + 1][0]
                cells.append(f"<td{' rowspan=2' if covered else ''}>{escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def write_pdf(path: Path, plan: Sequence[Entry] = PLAN, password: str = "", repeat_head: bool = False) -> Path:
    """Bold words that are all ASCII are set in a bold font; for Chinese there is none that every machine has."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    look = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("body", fontSize=12, leading=22, firstLineIndent=24, **look)
    heading = ParagraphStyle("heading", fontSize=18, leading=30, alignment=1, **look)
    cell = ParagraphStyle("cell", fontSize=10, leading=14, **look)
    flow: list[Flowable] = []
    for entry in plan:
        if isinstance(entry, list):
            merged = [("SPAN", (0, y - 1), (0, y)) for y, row in enumerate(entry) if not row[0]]
            cells = [[Paragraph(xml_escape(text), cell) for text in row] for row in entry]
            flow.append(
                Table(
                    cells,
                    colWidths=[50, 35, 120, 60, 60, 60][: len(entry[0])],
                    repeatRows=int(repeat_head),
                    style=TableStyle([("GRID", (0, 0), (-1, -1), 1, "black"), *merged]),
                )
            )
        else:
            level, bold, rest = entry
            strong = f'<font name="Helvetica-Bold">{bold}</font>' if bold.isascii() else bold
            flow.append(Paragraph(strong + xml_escape(rest), heading if level else body))
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    SimpleDocTemplate(str(path), pagesize=A4, encrypt=encrypt, invariant=1).build(flow)
    return path


def write_scan(path: Path) -> Path:
    """A PDF of one page that is a picture."""
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return path


def write_archive(path: Path, members: dict[str, bytes]) -> Path:
    """A zip archive, which a docx is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def write_cut(path: Path, size: float = 0.6) -> Path:
    """The file without its end."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * size)])
    return path


def write_sparse(path: Path, start: bytes) -> Path:
    """A file of 200 MB."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(200 * 1024 * 1024)
    return path


def write_compound(path: Path, stream: str) -> Path:
    """What the first bytes and the directory of an OLE compound file show: an old or an encrypted Word file."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le") + bytes(2048))
    return path


def write_raw_pdf(path: Path, stream: bytes, filters: str) -> Path:
    """A PDF of one page with this content stream, already packed."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        f"<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode() + stream + b"\nendstream",
    ]
    data = b"%PDF-1.7\n"
    for number, part in enumerate(parts, 1):
        data += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    path.write_bytes(data + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
    return path


def write_noise(path: Path, start: bytes = b"") -> Path:
    path.write_bytes(start + random.Random(14).randbytes(200_000))
    return path
