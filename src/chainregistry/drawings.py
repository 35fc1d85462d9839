"""Drawings on a page: the marks stay SVG, the words above them become HTML.

No browser translates the text of an SVG, and a page put through a translation would keep its charts in English. As
HTML the same words at the same places are translated, and found, selected and read aloud as before. Their sizes
follow the width of the drawing, so both stay in step at any width. Title, subtitle and source become paragraphs: a
translator needs the whole sentence, and what it makes of it takes its own lines. Notebooks keep the whole drawing as
SVG.
"""

import html
import re
from collections.abc import Callable, Iterator

DRAWING = re.compile(
    r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]* aria-labelledby="c\w+-t c\w+-d"[^>]*>.*?</svg>', re.DOTALL
)
"""A drawing of ``chainregistry.charts``, with its width and height."""
TEXT = re.compile(r'<text x="([\d.-]+)" y="([\d.-]+)"([^>]*)>(.*)</text>')
FALLBACK = re.compile(r"var\((--chart-[\w-]+),#\w+\)")
"""A colour with the one for viewers without the style sheet, which a page always has."""
AROUND = re.compile(r'class="chart-(\w+)"')
"""Marks the lines of title, subtitle and source."""
SIZE = 13
"""Pixels of letters that say nothing else."""
ANCHORS = {"middle": "m", "end": "e"}


def on_page(page: str) -> str:
    """The page with the words of its drawings as HTML."""
    return DRAWING.sub(
        lambda found: FALLBACK.sub(r"var(\1)", _parted(found[0], float(found[1]), float(found[2]))), page
    )


def _parted(svg: str, width: float, height: float) -> str:
    lines = svg.split("\n")
    words, top, bottom = _around(lines, height)
    lines[0] = re.sub(r'viewBox="[^"]*"', f'viewBox="0 {top:g} {width:g} {bottom - top:g}"', lines[0])
    lines[0] = re.sub(r' height="[^"]*"', f' height="{bottom - top:g}"', lines[0])
    drawn = _drawing(lines, width, bottom - top, top)
    said = {role: f'<p class="chart-{role}">{" ".join(texts)}</p>' for role, texts in words.items()}
    return said.get("title", "") + said.get("subtitle", "") + drawn + said.get("source", "")


def _around(lines: list[str], height: float) -> tuple[dict[str, list[str]], float, float]:
    """Take out the lines of title, subtitle and source: their words, and where the rest begins and ends."""
    words: dict[str, list[str]] = {}
    top, bottom = 0.0, height
    for line in [line for line in lines if AROUND.search(line)]:
        lines.remove(line)
        found, role = TEXT.fullmatch(line), AROUND.search(line)[1]
        words.setdefault(role, []).append(_html(found[4]))
        size = float(re.search(r'font-size="([\d.]+)"', line)[1])
        if role == "source":
            bottom = min(bottom, round(float(found[2]) - size, 1))
        else:
            top = max(top, round(float(found[2]) + 0.4 * size, 1))
    return words, top, bottom


def _html(words: str) -> str:
    return words.replace("<tspan ", "<span ").replace("</tspan>", "</span>")


def _drawing(lines: list[str], width: float, height: float, top: float) -> str:
    """Shapes and the labels on them, of a drawing that begins ``top`` pixels below its upper edge."""
    shapes, labels, link = [], [], []

    def place(x: float, y: float) -> str:
        return f"left:{100 * x / width:.1f}%;top:{100 * (y - top) / height:.2f}%"

    for line in lines:
        if link:
            link.append(line)
            if line == "</a>":
                _part_link(link, shapes, labels, place)
                link = []
        elif line.startswith("<a "):
            link = [line]
        elif found := TEXT.fullmatch(line):
            labels.append(_label(found, place))
        else:
            shapes.append(line)
    drawn, words = "\n".join(shapes), "\n".join(labels)
    return f'<div class="drawing" style="--w:{width:g}">{drawn}\n<div class="labels">\n{words}\n</div></div>'


def _part_link(lines: list[str], shapes: list[str], labels: list[str], place: Callable[[float, float], str]) -> None:
    """A linked mark keeps its link, named by its words; linked words without a mark are a link themselves."""
    words = [found for line in lines if (found := TEXT.fullmatch(line))]
    marks = [line for line in lines[1:-1] if not TEXT.fullmatch(line)]
    if marks:
        name = _name(words)
        shapes += [f'{lines[0][:-1]} aria-label="{html.escape(html.unescape(name))}">', *marks, "</a>"]
        labels += [_label(found, place, through=True) for found in words]
    else:
        labels += [_label(found, place, re.search(r'href="([^"]*)"', lines[0])[1]) for found in words]


def _name(words: list[re.Match]) -> str:
    """What a linked mark is called: its words, a name that was cut for its room whole again, then its number."""
    texts = [(": " if "font-weight" in found[3] else " ") + re.sub(r"<[^>]*>", "", found[4]) for found in words]
    return re.sub(r"(?<=\w)- (?=[a-z])", "", "".join(texts)).strip(": ")


def _label(found: re.Match, place: Callable[[float, float], str], link: str = "", through: bool = False) -> str:
    """One line of words at its place; ``through`` leaves clicks to the mark below."""
    x, y, given, words = found.groups()
    style = place(float(x), float(y)) + "".join(_styles(given))
    anchor = re.search(r'text-anchor="(\w+)"', given)
    names = [ANCHORS[anchor[1]]] if anchor else []
    names += ["turned"] * ("rotate(" in given) + ["through"] * through + ["first"] * (float(x) == 0)
    kind = f' class="{" ".join(names)}"' if names else ""
    words = _html(words)
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
