"""A small project with a plan whose document is at hand; the text is the tests' own and can be changed at will."""

from __future__ import annotations

import hashlib
from pathlib import Path

from small_project import small_project

PLAN = "testdistrict-14"

DOCUMENT = """试验区“十四五”规划

二〇二二年六月

第一章 目标

第一节 完成情况

专栏1 试验完成情况
指标类别	序号	指标名称	规划目标	2020年	属性
空气	1	PM2.5浓度（微克/立方米）	≤46	42	约束性
	2	重污染天数（天）	-	15 天	约束性

第二节 具体目标

到2025年，PM2.5浓度降到31微克/立方米以下，单位生产总值二氧化碳排放比2020年下降18%，秸秆都有去处，污水都进管网。

专栏2 试验指标
指标类别	序号	指标名称	2025年	属性
水	1	农村生活污水治理率（%）	40	预期性

第二章 任务

第一节 农业和水

秸秆禁烧。春秋两季各村轮流巡查田头，发现火点当场扑灭并登记在册，到2025年PM2.5浓度不高于32微克/立方米。（农业和水务局牵头，区农业和水务局配合。以下任务均由各街道配合落实）

泵站。在河边低洼的地方修建泵站，雨大的时候把积水抽走，平时由专人看护保养，每月试运行一次。（区农业和水务局负责）

专栏3 试验工程
（一）泵站工程。到2024年建设泵站2座。
"""


def project_with_document(folder: Path) -> Path:
    """The project in an empty folder, with the document in its `sources/`."""
    project = small_project(folder)
    path = write(project / "sources" / f"{PLAN}.txt", DOCUMENT)
    plan = project / "data/plans" / PLAN / "plan.yaml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    plan.write_text(plan.read_text(encoding="utf-8").replace("0" * 64, digest), encoding="utf-8")
    return project


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
