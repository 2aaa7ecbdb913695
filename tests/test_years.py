"""The year that a paragraph gives a figure; the sentences are made up."""

from __future__ import annotations

import pytest

from plansite.model import Quantity, Text
from plansite.verify.years import years_of


@pytest.mark.parametrize(
    ("paragraph", "value", "years"),
    [
        ("2020年种树300棵，存活率90%。", 300, {2020}),
        ("2020年种树300棵；存活率90%。", 90, {2020}),
        ("2020年种树300棵。存活率90%。", 90, {0}),
        ("种树300棵，2020年存活率90%。", 300, {0}),
        ("2018年种树300棵，2019年种树200棵。", 200, {2019}),
        ("2020年存活率90%，比2015年上升7%。", 7, {2020}),
        ("存活率较 2015 年上升7%。", 7, {0}),
        ("“十三五”期间种树300棵。", 300, {0}),
        ("“十三五”以来种树300棵。", 300, {0}),
        ("2016年—2020年种树300棵。", 300, {0}),
        ("2016-2020年种树300棵。", 300, {0}),
        ("“十三五”末存活率90%。", 90, {2020}),
        ("十三五期末存活率90%。", 90, {2020}),
        ("截至2020年底，各项目标完成。存活率90%。", 90, {2020}),
        ("截止 2020 年年底，各项目标完成。存活率90%。", 90, {2020}),
        ("截至2020年底，各项目标完成。2019年存活率90%。", 90, {2019}),
        ("2020年各项目标完成。存活率90%。", 90, {0}),
        ("2019年种树300棵。“十三五”期间共种树300棵。", 300, {2019, 0}),
        ("2020年种树300棵。", 400, set()),
    ],
)
def test_the_year_a_paragraph_gives_a_figure(paragraph: str, value: int, years: set[int]) -> None:
    assert years_of(Quantity(Text("棵数", "trees"), value=value), paragraph) == years
