"""Vega specifications drawn as SVG for a page: no script, no font, no address in it."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from newsclaims.errors import NewsclaimsError

_SVG, _XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
WIDE, NARROW = 1000, 340
"""Widths in pixels: each picture is drawn for a desk or paper, and for a telephone."""


def draw(spec: dict[str, Any], label: str, keep: str) -> str:
    """The picture as an ``svg`` element to stand in HTML.

    Args:
        spec: a Vega specification whose colours are custom properties of the page; marks with an ``href``
            of the form ``#place`` and a ``description`` become links with that name.
        label: what the picture as a whole shows.
        keep: class of the element.

    Raises:
        NewsclaimsError: the library that draws is not installed.
    """
    try:
        from vl_convert import vega_to_svg
    except ImportError:
        raise NewsclaimsError("pictures need vl-convert: pip install 'newsclaims[report]'") from None
    root = ElementTree.fromstring(
        vega_to_svg({"padding": 2, "background": None, **spec}, allowed_base_urls=[])
    )
    for element in root.iter():
        for name in ("role", "aria-roledescription", "aria-hidden", "class"):
            element.attrib.pop(name, None)
    for link in root.iter(f"{{{_SVG}}}a"):
        link.set("href", "#" + link.attrib.pop(_XLINK).partition("#")[2])
        for child in link:
            if name := child.attrib.pop("aria-label", ""):
                link.set("aria-label", name)
                title = ElementTree.SubElement(child, f"{{{_SVG}}}title")
                title.text = name
    root.attrib.pop("version", None)
    root.attrib |= {"class": keep, "role": "group", "aria-label": label}
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r"<(/?)ns\d+:", r"<\1", re.sub(r' xmlns:ns\d+="[^"]*"', "", text))
