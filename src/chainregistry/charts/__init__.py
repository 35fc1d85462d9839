"""The chart vocabulary of the pages, on matplotlib: each form takes the table it draws and shows it as SVG.

| form | for | file |
|---|---|---|
| ``bars`` | sizes that are compared | rows |
| ``intervals`` | what lies between two numbers | rows |
| ``estimates`` | estimates with their uncertainty | rows |
| ``diverging`` | leads and lags, with ranges | rows |
| ``dumbbells`` | before and after, in groups | rows |
| ``funnel`` | how a selection came about | rows |
| ``stacked`` | what something is made of | shares |
| ``units`` | up to some hundreds of things, one square each | shares |
| ``lists`` | lists of known and of unknown size | shares |
| ``apart`` | how a code is made | shares |
| ``scatter`` | whether two things go together, with ranges | points |
| ``timeline`` | many events by kind | dates |
| ``moments`` | a story of some dated sentences | dates |
| ``band`` | a count that grows, with uncertain dates | dates |
| ``lines`` | two to four courses | dates |
| ``steps`` | a course in periods, part of it in doubt | dates |
| ``tiles`` | where, with all provinces | grids |
| ``heatmap`` | counts by two properties | grids |
| ``multiples`` | the courses of many places or fields | grids |

Each chart is two drawings, one for the column of a page and one for a phone, its table as CSV and its finding as
text. Texts in it are text, colours are those of the page, Chinese stands beside English where the table has both.
"""

from chainregistry.charts.dates import band, lines, moments, steps, timeline
from chainregistry.charts.form import FORMS, NOTHING, PHONE_MIME, Words, draw, redraw
from chainregistry.charts.grids import CLASSES, KEY, heatmap, multiples, shade, tiles
from chainregistry.charts.letters import LAST_SYLLABLE
from chainregistry.charts.paper import PHONE, WIDE, Paper
from chainregistry.charts.pictures import image, png, poster, sheet
from chainregistry.charts.points import scatter
from chainregistry.charts.rows import bars, diverging, dumbbells, estimates, funnel, intervals
from chainregistry.charts.shares import apart, lists, stacked, units
from chainregistry.charts.svg import svg

__all__ = [
    "CLASSES",
    "FORMS",
    "KEY",
    "LAST_SYLLABLE",
    "NOTHING",
    "PHONE",
    "PHONE_MIME",
    "WIDE",
    "Paper",
    "Words",
    "apart",
    "band",
    "bars",
    "diverging",
    "draw",
    "dumbbells",
    "estimates",
    "funnel",
    "heatmap",
    "image",
    "intervals",
    "lines",
    "lists",
    "moments",
    "multiples",
    "png",
    "poster",
    "redraw",
    "scatter",
    "shade",
    "sheet",
    "stacked",
    "steps",
    "svg",
    "tiles",
    "timeline",
    "units",
]
