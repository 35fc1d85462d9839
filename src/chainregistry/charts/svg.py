"""A drawing as SVG: what matplotlib writes, made short, with colours that a page can change, and with a name.

Matplotlib's groups, ids, style sheet and metadata go: nothing in a drawing refers to an id but its own title, and a
page may hold any number of them. Texts stay texts; Chinese words are marked as Chinese.
"""

import hashlib
import html
import io
import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.backends.backend_svg import RendererSVG

from chainregistry import palette
from chainregistry.charts.letters import CHINESE
from chainregistry.charts.paper import ROLES, TEXT, Paper

FONTS = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans','Helvetica Neue',Arial,"
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
)
OPTIONS = {"svg.fonttype": "none", "svg.hashsalt": "chart", "path.simplify": False, "font.family": "DejaVu Sans"}
EMPTY = {"Date": None, "Creator": None, "Format": None, "Type": None}
NAMES = {colour.lower(): name for name, colour in palette.LIGHT.items()}


def svg(paper: Paper, title: str, about: str) -> str:
    """The drawing as an ``svg`` element with title and description, the same characters every time.

    Colours are CSS variables with the light colour as fallback. A drawing with links is a group whose parts can be
    reached, any other one image.
    """
    buffer = io.StringIO()
    with mpl.rc_context(OPTIONS):
        renderer = RendererSVG(*paper.figure.bbox.size, buffer, metadata=EMPTY)
        paper.figure.draw(renderer)
        renderer.finalize()
    root = ElementTree.fromstring(buffer.getvalue())
    width, height = (_short(float(number)) for number in root.get("viewBox").split()[2:])
    lines = list(_lines(root))
    role = "group" if any(line.startswith("<a ") for line in lines) else "img"
    name = "c" + hashlib.sha256("\n".join([title, about, width, *lines]).encode()).hexdigest()[:10]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="{role}" aria-labelledby="{name}-t {name}-d" font-family="{FONTS}" font-size="{TEXT}" '
        f'style="{_paint("fill", palette.INK)}">'
    )
    words = [
        f'<title id="{name}-t">{html.escape(title, quote=False)}</title>',
        f'<desc id="{name}-d">{html.escape(about, quote=False)}</desc>',
    ]
    return "\n".join([head, *words, *lines, "</svg>"])


def _lines(root: ElementTree.Element) -> Iterator[str]:
    """The elements of a drawing, one a line; neighbours with the same link stand in one link."""
    for link, found in groupby(_elements(root, ""), key=lambda pair: pair[0]):
        elements = [element for _, element in found]
        if link:
            yield f'<a href="{html.escape(link)}">'
        yield from elements
        if link:
            yield "</a>"


def _elements(parent: ElementTree.Element, link: str) -> Iterator[tuple[str, str]]:
    for child in parent:
        tag = child.tag.rpartition("}")[2]
        if tag == "a":
            yield from _elements(child, child.get("{http://www.w3.org/1999/xlink}href", ""))
        elif tag == "path":
            yield link, _path(child)
        elif tag == "text":
            yield link, _text(child, parent.get("id", ""))
        elif tag == "g":
            yield from _elements(child, link)


def _path(element: ElementTree.Element) -> str:
    style = _style(element)
    css, given = [_paint("fill", style.get("fill", "none"))], f'd="{_outline(element.get("d"))}"'
    if "stroke" in style:
        css.append(_paint("stroke", style["stroke"]))
        for name in ("stroke-width", "stroke-linecap", "stroke-dasharray"):
            if name in style:
                numbers = re.sub(r"[\d.]+", lambda number: _short(float(number[0])), style[name])
                given += f' {name}="{numbers}"'
    return f'<path {given} style="{";".join(css)}"/>'


def _text(element: ElementTree.Element, role: str) -> str:
    style, transform = _style(element), element.get("transform", "")
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    given = f' class="chart-{role}"' if role in ROLES else ""
    if turned := re.match(r"(?:translate\(([-\d.]+) ([-\d.]+)\) ?)?rotate\(([-\d.]+)", transform):
        x, y = (float(turned[1]), float(turned[2])) if turned[1] else (x, y)
        if abs(float(turned[3])) > 1:
            given = f' transform="rotate({_short(float(turned[3]))} {_short(x)} {_short(y)})"'
    if (anchor := style.get("text-anchor", "start")) != "start":
        given += f' text-anchor="{anchor}"'
    font = " ".join(style.get(name, "") for name in ("font", "font-weight", "font-size"))
    size = float(re.search(r"([\d.]+)px", font)[1])
    if size != TEXT:
        given += f' font-size="{_short(size)}"'
    if re.search(r"\b(bold|700)\b", font):
        given += ' font-weight="600"'
    if style.get("fill", "#000000") != palette.INK.lower():
        given += f' style="{_paint("fill", style.get("fill", "#000000"))}"'
    words = CHINESE.sub(r'<tspan lang="zh">\g<0></tspan>', html.escape(element.text or "", quote=False))
    return f'<text x="{_short(x)}" y="{_short(y)}"{given}>{words}</text>'


def _style(element: ElementTree.Element) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in element.get("style", "").split(";") if pair.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _paint(what: str, colour: str) -> str:
    colour = colour.lower()
    return f"{what}:var(--chart-{NAMES[colour]},{colour})" if colour in NAMES else f"{what}:{colour}"


def _outline(path: str) -> str:
    """A path in few characters: to tenths of a pixel, level and upright lines with one number."""
    found, last = [], ("", "")
    for command, x, y in re.findall(r"([MLz])\s*(?:([-\d.e]+)\s+([-\d.e]+))?", path):
        if command == "z":
            found.append("z")
            continue
        point = (_short(float(x)), _short(float(y)))
        if command == "M":
            found.append(f"M{point[0]} {point[1]}")
        elif point[1] == last[1]:
            found.append(f"H{point[0]}")
        elif point[0] == last[0]:
            found.append(f"V{point[1]}")
        else:
            found.append(f"L{point[0]} {point[1]}")
        last = point
    return "".join(found)


def _short(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
