"""The colours of charts and pages, after Okabe and Ito; a test holds them apart for the colour-blind and in grey.

Each colour has a name. A drawing holds the CSS variable ``--chart-NAME`` with the light value as fallback, and
``css`` sets the variables for light, dark and high contrast; on paper the light ones hold. So a mark and its key have
one colour always. No two names share a light value: the drawing is coloured by it. Where a system forces its few
colours on a page (Windows contrast themes), drawings keep theirs on their own paper, light or dark as the theme is:
in three colours most marks would vanish.
"""

LIGHT = {
    "paper": "#FFFFFF",
    "ink": "#1F2328",
    "faint": "#5F6670",
    "line": "#C9CDD3",
    "grid": "#E6E8EB",
    "accent": "#00558C",
    "second": "#C24E00",
    "muted": "#8A8F98",
    "deep": "#218096",
    "mid": "#6FA9CE",
    "pale": "#BFD9EA",
    "on-accent": "#FFFFFE",
    "s1": "#E3EEF5",
    "s2": "#BFD9EB",
    "s3": "#7FB0D0",
    "s4": "#00558D",
}
DARK = {
    "paper": "#16191D",
    "ink": "#E4E7EB",
    "faint": "#A6AEB8",
    "line": "#4A525C",
    "grid": "#2A3037",
    "accent": "#7FC1EE",
    "second": "#F0935A",
    "muted": "#878E98",
    "deep": "#58A5B8",
    "mid": "#35698C",
    "pale": "#27475E",
    "on-accent": "#10222F",
    "s1": "#1D2B36",
    "s2": "#24455C",
    "s3": "#2F6286",
    "s4": "#9FD0F2",
}
CONTRAST = {"faint": "ink", "muted": "faint"}
"""Who asks for more contrast gets the darker of two colours."""
INK, FAINT, PAPER, LINE, GRID = (LIGHT[name] for name in ("ink", "faint", "paper", "line", "grid"))
ACCENT, SECOND, MUTED, DEEP, MID, PALE = (LIGHT[name] for name in ("accent", "second", "muted", "deep", "mid", "pale"))
ON_ACCENT = LIGHT["on-accent"]
"""Letters on the accent, the deep and the second colour and on the darkest shade; on all others stands ink."""
SHADES = (PAPER, *(LIGHT[f"s{step}"] for step in range(1, 5)))
"""From nothing to most: maps and heat maps."""
PARTS = (ACCENT, MID, PALE, DEEP)
"""The parts of a whole, in this order; what is left over is paper."""


def letters(ground: str) -> str:
    """The colour of letters on a coloured ground."""
    return ON_ACCENT if ground in (ACCENT, DEEP, SECOND, SHADES[-1]) else INK


def css() -> str:
    """The variables of all colours, for a page: light, and what replaces it on a dark screen and for more contrast."""
    more = "".join(f"--chart-{name}:var(--chart-{other});" for name, other in CONTRAST.items())
    return "\n".join(
        [
            f":root{{{_variables(LIGHT)}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}",
            f"@media (prefers-contrast:more){{:root{{{more}}}}}",
            f"@media (forced-colors:active){{:root{{{more}}}.drawing{{forced-color-adjust:none}}}}",
        ]
    )


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--chart-{name}:{colour};" for name, colour in colours.items())
