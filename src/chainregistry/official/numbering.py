"""Numbers that Word writes before paragraphs by itself (numbering.xml): they stand nowhere in the text.

ECMA-376, part 1, sections 17.9 (numbering) and 17.3.1.19 (numPr).
"""

from lxml import etree

Levels = dict[int, tuple[int, str, str]]
"""By level: start, form of the number, text with %1 to %9 in it."""


def local(element) -> str:
    """Name of an element without its namespace, which is another one in Strict documents."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element, *path: str):
    """The first descendant along a path of local names; None where there is none."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def value(element, name: str = "val", default: str = "") -> str:
    """An attribute by its local name."""
    if element is None:
        return default
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), default)


def is_on(switch) -> bool:
    """Whether an element that switches something on is there, and does not say otherwise."""
    return switch is not None and value(switch, default="true") not in ("0", "false", "off", "none")


def whole(text: str, default: int = 0) -> int:
    """A small number, or the default for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self.abstract: dict[str, Levels] = {}
        self.instances: dict[str, tuple[str, dict[int, int]]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        kept_in: dict[str, str] = {}  # the definition that has the levels of a list style
        linked: dict[str, str] = {}  # the list style that a definition takes its levels from
        for element in etree.fromstring(numbering) if numbering else []:
            if local(element) == "abstractNum":
                key = value(element, "abstractNumId")
                self.abstract[key] = {
                    whole(value(level, "ilvl")): (
                        whole(value(child(level, "start")), 0),
                        value(child(level, "numFmt"), default="decimal"),
                        value(child(level, "lvlText")),
                    )
                    for level in element
                    if local(level) == "lvl"
                }
                if (link := child(element, "styleLink")) is not None:
                    kept_in[value(link)] = key
                if (link := child(element, "numStyleLink")) is not None:
                    linked[key] = value(link)
            elif local(element) == "num":
                starts = {
                    whole(value(one, "ilvl")): whole(value(child(one, "startOverride")), 1)
                    for one in element
                    if local(one) == "lvlOverride" and child(one, "startOverride") is not None
                }
                self.instances[value(element, "numId")] = (value(child(element, "abstractNumId")), starts)
        for key, style in linked.items():
            if not self.abstract[key]:
                self.abstract[key] = self.abstract.get(kept_in.get(style, ""), {})
        for element in etree.fromstring(styles) if styles else []:
            number = child(element, "pPr", "numPr")
            if local(element) == "style" and number is not None:
                level = whole(value(child(number, "ilvl")))
                self.styles[value(element, "styleId")] = (value(child(number, "numId")), level)

    def number(self, paragraph) -> str:
        """The number before a paragraph, which is counted; empty where Word writes none."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return ""
        own = child(properties, "numPr")
        number, level = self.styles.get(value(child(properties, "pStyle")), ("", 0))
        if own is not None:
            number = value(child(own, "numId"), default=number)
            level = whole(value(child(own, "ilvl")), level)
        if number not in self.instances:  # 0 takes a number away
            return ""
        key, starts = self.instances[number]
        levels, counters = self.abstract.get(key, {}), self.counters.setdefault(key, {})
        if level not in levels:
            return ""
        start = levels[level][0]
        if level in starts and (number, level) not in self.begun:
            counters.pop(level, None)
            start = starts[level]
        self.begun.add((number, level))
        counters[level] = counters[level] + 1 if level in counters else start
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]
        if levels[level][1] in ("bullet", "none"):
            return ""
        text = levels[level][2]
        for place in range(9):
            text = text.replace(f"%{place + 1}", str(counters.get(place, levels.get(place, (1, "", ""))[0])))
        return text
