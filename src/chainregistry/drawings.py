"""Drawings on a page: the marks stay SVG, the words above them become HTML.

No browser translates the text of an SVG, and a page put through a translation would keep its charts in English. As
HTML the same words at the same places are translated, and found, selected and read aloud as before. Their sizes
follow the width of the drawing, so both stay in step at any width. Notebooks keep the whole drawing as SVG.
"""

import html
import re
from collections.abc import Iterator

DRAWING = re.compile(
    r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]* aria-labelledby="c\w+-t c\w+-d"[^>]*>.*?</svg>', re.DOTALL
)
"""A drawing of ``chainregistry.charts``, with its width and height."""
TEXT = re.compile(r'<text x="([\d.-]+)" y="([\d.-]+)"([^>]*)>(.*)</text>')
SIZE = 13
"""Pixels of letters that say nothing else."""
ANCHORS = {"middle": "m", "end": "e"}


def on_page(page: str) -> str:
    """The page with the words of its drawings as HTML."""
    return DRAWING.sub(lambda found: _parted(found[0], float(found[1]), float(found[2])), page)


def _parted(svg: str, width: float, height: float) -> str:
    shapes, labels, link = [], [], []
    for line in svg.split("\n"):
        if link:
            link.append(line)
            if line == "</a>":
                _part_link(link, shapes, labels, width, height)
                link = []
        elif line.startswith("<a "):
            link = [line]
        elif found := TEXT.fullmatch(line):
            labels.append(_label(found, width, height))
        else:
            shapes.append(line)
    drawn, words = "\n".join(shapes), "\n".join(labels)
    return f'<div class="drawing" style="--w:{width:g}">{drawn}\n<div class="labels">\n{words}\n</div></div>'


def _part_link(lines: list[str], shapes: list[str], labels: list[str], width: float, height: float) -> None:
    """A linked mark keeps its link, named by its words; linked words without a mark are a link themselves."""
    words = [found for line in lines if (found := TEXT.fullmatch(line))]
    marks = [line for line in lines[1:-1] if not TEXT.fullmatch(line)]
    if marks:
        name = " ".join(re.sub(r"<[^>]*>", "", found[4]) for found in words)
        shapes += [f'{lines[0][:-1]} aria-label="{html.escape(html.unescape(name))}">', *marks, "</a>"]
        labels += [_label(found, width, height, through=True) for found in words]
    else:
        labels += [_label(found, width, height, re.search(r'href="([^"]*)"', lines[0])[1]) for found in words]


def _label(found: re.Match, width: float, height: float, link: str = "", through: bool = False) -> str:
    """One line of words at its place; ``through`` leaves clicks to the mark below."""
    x, y, given, words = found.groups()
    style = f"left:{100 * float(x) / width:.1f}%;top:{100 * float(y) / height:.2f}%"
    style += "".join(_styles(given))
    anchor = re.search(r'text-anchor="(\w+)"', given)
    names = [ANCHORS[anchor[1]]] if anchor else []
    names += ["turned"] * ("rotate(" in given) + ["through"] * through
    kind = f' class="{" ".join(names)}"' if names else ""
    words = words.replace("<tspan ", "<span ").replace("</tspan>", "</span>")
    return (
        f'<a href="{link}"{kind} style="{style}">{words}</a>' if link else f'<span{kind} style="{style}">{words}</span>'
    )


def _styles(given: str) -> Iterator[str]:
    if size := re.search(r'font-size="([\d.]+)"', given):
        yield f";font-size:{float(size[1]) / SIZE:.3f}em"
    if weight := re.search(r'font-weight="(\d+)"', given):
        yield f";font-weight:{weight[1]}"
    if fill := re.search(r'style="fill:([^"]+)"', given):
        yield f";color:{fill[1]}"
