"""Redirects held against the finished pages: what is redirected is gone, and where it leads is there."""

from __future__ import annotations

from plansite.check.addresses import Addresses
from plansite.load.faults import Fault, nearest
from plansite.load.reading import Everything
from plansite.load.redirect_checks import REDIRECTS
from plansite.model import Redirect, Site


def redirect_faults(site: Site, positions: Everything, addresses: Addresses) -> list[Fault]:
    """Every redirect from an address that exists, or to one that does not, with its place in the file."""
    faults: list[Fault] = []
    for index, redirect in enumerate(site.redirects):
        file = positions.single[REDIRECTS].file
        for field, told in (("from", _taken(redirect, site, addresses)), ("to", _nowhere(redirect, addresses))):
            if told:
                faults.append(Fault(file.name, *file.position((index, field)), *told))
    return faults


def _taken(redirect: Redirect, site: Site, addresses: Addresses) -> tuple[str, ...]:
    page, _, anchor = redirect.source.partition("#")
    if not anchor:
        return (f"'{page}', which is a page", "an address that is no more") if page in addresses.pages else ()
    if page not in addresses.pages and all(page != other.source for other in site.redirects):
        expected = "an anchor of a page, or the page itself, without #"
        return f"'{redirect.source}', an anchor where no page is", expected, nearest(page, addresses.pages)
    if addresses.times(page, anchor) > 1:  # once for the redirect itself
        return f"'{redirect.source}', which is there", "an anchor that is no more"
    return ()


def _nowhere(redirect: Redirect, addresses: Addresses) -> tuple[str, ...]:
    if not redirect.to or addresses.has(redirect.to):
        return ()
    return f"'{redirect.to}', which is not there", "an address of this site", addresses.nearest(redirect.to)
