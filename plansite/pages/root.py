"""What belongs to no language: the language chooser at the root of the site, and the page for unknown addresses.

Both say everything twice and need no script.
"""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import LOCALES
from plansite.page import Page
from plansite.view import View


def pages(view: View) -> Iterator[Page]:
    """Both pages, once."""
    if view.locale != "en":
        return
    info = view.site.info
    homes = {locale: urls.path(locale, urls.HOME) for locale in LOCALES}
    yield Page(
        kind="chooser",
        locale="en",
        address=urls.HOME,
        template="chooser.html",
        title=info.name.zh,
        description=f"{info.description.zh} {info.description.en}",
        told=(f"{info.name.zh}：{info.tagline.zh}。", f"{info.name.en}: {info.tagline.en}."),
        context={"info": info, "homes": homes},
        in_search=False,
        at="index.html",
    )
    yield Page(
        kind="missing",
        locale="en",
        address="404/",
        template="404.html",
        title="没有这个页面 · Page not found",
        description="这个地址没有页面。 No page has this address.",
        context={
            "info": info,
            "homes": homes,
            "search": {locale: urls.path(locale, urls.SEARCH) for locale in LOCALES},
            "jump": {locale: urls.path(locale, urls.JUMP) for locale in LOCALES},
        },
        in_search=False,
        at="404.html",
        anywhere=True,
        listed=False,
    )
