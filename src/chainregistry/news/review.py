"""A person decides: one candidate at a time, with its text, its codes as menus, and the nearest known event.

Every decision and every changed code is written to the file of candidates at once, so nothing is lost when the kernel
dies. What comes from outside is shown as text: it is escaped, and only web addresses become links.
"""

import json
from html import escape
from pathlib import Path

import anywidget
import traitlets

from chainregistry.data import Data
from chainregistry.news import store
from chainregistry.news.acceptance import YES
from chainregistry.news.fetch import NewsError

MENUS = {"country": "Country", "level": "Level", "sector": "Sector", "kind": "Kind", "stage": "Stage"}
"""Columns with a vocabulary of the events, and their labels."""
TEXTS = {
    "event_title": "In our words",
    "summary": "One more sentence",
    "date": "Date",
    "city": "City",
    "body": "Public body",
    "organisations": "Others",
    "note": "Note",
}
NEEDED = ("date", "country", "level", "kind", "stage")
"""Columns that must be filled before a yes."""
ANSWERS = {"y": "yes", "n": "no", "l": "later", "b": "back"}
"""Keys and what they answer."""


class Keys(anywidget.AnyWidget):
    """A line that takes single keys while it has the focus; JupyterLab's own shortcuts leave it alone."""

    _esm = """
    function render({ model, el }) {
      const line = document.createElement("div");
      line.tabIndex = 0;
      line.setAttribute("data-lm-suppress-shortcuts", "true");
      line.setAttribute("role", "group");
      line.setAttribute("aria-label", "Keys");
      line.style.cssText = "padding: 4px 8px; border: 1px dashed var(--jp-border-color1); cursor: pointer";
      line.textContent = "Click here, then press: y yes, n no, l later, b back";
      line.addEventListener("keydown", (event) => {
        if ("ynlb".includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault();
          event.stopPropagation();
          model.set("pressed", [event.key, model.get("pressed")[1] + 1]);
          model.save_changes();
        }
      });
      el.appendChild(line);
    }
    export default { render };
    """
    pressed = traitlets.List(["", 0]).tag(sync=True)
    """The last key, and how many there were, so that the same key twice is two."""


def panel(data: Data, file: str | Path = "") -> "Review":
    """Widgets to decide on the candidates of a file (default: that of ``chainregistry news``).

    As the last line of a cell it shows itself. Without a file it says how to make one.
    """
    return Review(data, Path(file) if file else store.default_file(data.folder))


class Review:
    """The panel that ``panel`` makes: ``controls`` by column, ``buttons`` by answer, ``row`` as it stands in the file."""

    def __init__(self, data: Data, path: Path) -> None:
        import ipywidgets as widgets

        self.data, self.path = data, path
        try:
            self.rows = list(store.rows(path))
            message = "" if self.rows else "The file holds no candidate."
        except NewsError as error:
            self.rows, message = [], f"{error}. Make one: chainregistry news SOURCE..."
        waiting = [i for said in ("", "later") for i, row in enumerate(self.rows) if row["accept"] == said]
        self.position = next(iter(waiting), 0)
        self._filling = False
        fields = next(r for r in data.description["resources"] if r["name"] == "events")["schema"]["fields"]
        self._vocabulary = {field["name"]: field.get("constraints", {}).get("enum", []) for field in fields}
        kinds = next(r for r in data.description["resources"] if r["name"] == "sources")["schema"]["fields"]
        self._kinds = next(field["constraints"]["enum"] for field in kinds if field["name"] == "kind")
        self.controls = self._make_controls(widgets)
        self.buttons = {
            answer: widgets.Button(description=f"{answer.capitalize()} ({key})", tooltip=f"key {key}")
            for key, answer in ANSWERS.items()
        }
        for answer, button in self.buttons.items():
            button.on_click(lambda _, answer=answer: self.decide(answer))
        self.keys = Keys()
        self.keys.observe(lambda change: self.decide(ANSWERS[change["new"][0]]), "pressed")
        self.shown, self.message = widgets.HTML(), widgets.HTML(escape(message))
        for name, control in self.controls.items():
            control.observe(lambda _, name=name: self._edited(name), "value")
        wrap = widgets.Layout(flex_flow="row wrap")
        parts = [
            self.shown,
            widgets.HBox(list(self.controls.values()), layout=wrap),
            widgets.HBox(list(self.buttons.values()), layout=wrap),
            self.keys,
        ]
        self._view = widgets.VBox([*(parts if self.rows else []), self.message])
        if self.rows:
            self._show()

    def _repr_mimebundle_(self, **options):
        return self._view._repr_mimebundle_(**options)

    @property
    def row(self) -> dict[str, str]:
        return self.rows[self.position]

    def _make_controls(self, widgets) -> dict:
        style = {"description_width": "110px"}
        regions = self.data.regions
        provinces = list(zip(regions.name_en + " " + regions.short_zh, regions.slug, strict=True))
        twice = lambda values: list(zip(values, values, strict=True))  # noqa: E731
        menus = {name: (label, twice(self._vocabulary[name])) for name, label in MENUS.items()}
        menus |= {
            "province": ("Province", provinces),
            "source_kind": ("Kind of source", twice(self._kinds)),
            "confidence": ("Confidence", twice(self._vocabulary["confidence"])),
        }
        controls = {
            name: widgets.Dropdown(description=label, options=[("", ""), *options], style=style)
            for name, (label, options) in menus.items()
        }
        controls |= {
            name: widgets.Text(description=label, continuous_update=False, style=style) for name, label in TEXTS.items()
        }
        for name, label in (
            ("digital_yuan", "Digital yuan"),
            ("incentive", "Incentive"),
            ("same_project_as", "Same system as the nearest event"),
        ):
            controls[name] = widgets.Checkbox(description=label, indent=False)
        return controls

    def _show(self) -> None:
        """Show the candidate at the position, its codes in the menus."""
        row = self.row
        self._filling = True
        for name, control in self.controls.items():
            if isinstance(control.value, bool):
                control.value = bool(row[name]) and row[name].lower() != "false"
            else:
                options = [value for _, value in getattr(control, "options", [("", row[name])])]
                control.value = row[name] if row[name] in options else ""
        self._filling = False
        done = sum(1 for its in self.rows if its["accept"])
        group = sum(1 for its in self.rows if its["group"] == row["group"])
        head = f"Candidate {self.position + 1} of {len(self.rows)}, {done} decided"
        head += f"; {group} items tell this act" if group > 1 else ""
        head += f"; decided: {row['accept']}" if row["accept"] else ""
        link = escape(row["title"])
        if row["url"].lower().startswith(("http://", "https://")):
            link = f'<a href="{escape(row["url"])}" target="_blank" rel="noopener noreferrer">{link}</a>'
        self.shown.value = (
            f"<p>{escape(head)}</p><h3>{link}</h3>"
            f"<p>{escape(', '.join(part for part in (row['publisher'], row['published']) if part))}</p>"
            f"<p>{escape(row['text'])}</p><p><b>Decided by:</b> {escape(self._words())}</p>"
            f"<p><b>Nearest event:</b> {escape(self._nearest())}</p>"
        )

    def _words(self) -> str:
        """The deciding words by column."""
        try:
            why = json.loads(self.row["why"] or "{}")
            told = [
                f"{column} by “{its['word']}” ({its['in']})" for column, its in why.items() if column in self.controls
            ]
        except (ValueError, KeyError, TypeError):
            return "cannot be read"
        return "; ".join(told) or "no word"

    def _nearest(self) -> str:
        event, score = self._nearest_id()
        known = self.data.events[self.data.events.event_id == event]
        if known.empty:
            return "none"
        row = known.iloc[0]
        project = f", {row.project_id}" if row.project_id else ""
        return f"{row.date} {row.title}. {row.summary} ({event}{project}; score {score} of 100)"

    def _nearest_id(self) -> tuple[str, object]:
        try:
            nearest = json.loads(self.row["nearest"] or "{}")
            return nearest.get("event", ""), nearest.get("score", "")
        except (ValueError, AttributeError):
            return "", ""

    def _edited(self, name: str) -> None:
        """A code was changed: keep it in the file."""
        if self._filling:
            return
        value = self.controls[name].value
        if name == "same_project_as":
            self.row[name] = self._nearest_id()[0] if value else ""
        else:
            self.row[name] = (
                {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value.strip()
            )
        if name == "province":
            codes = dict(zip(self.data.regions.slug, self.data.regions.province_code, strict=True))
            self.row["province_code"] = codes.get(value, "")
        if name == "date":
            self.row["date_precision"] = {10: "day", 7: "month", 4: "year"}.get(len(self.row["date"]), "")
        self._save()

    def decide(self, answer: str) -> None:
        """Write yes, no or later for the candidate and show the next one that is open; back shows the one before."""
        if not self.rows:
            return
        if answer == "back":
            self.position = max(0, self.position - 1)
            self._show()
            return
        missing = [name for name in NEEDED if not self.row[name]]
        missing += ["body"] * (self.row["level"] not in ("", "none") and not self.row["body"])
        if answer in YES and missing:
            self.message.value = f"Fill first: {escape(', '.join(missing))}."
            return
        self.row["accept"] = answer
        if not self._save():
            return
        after = [*range(self.position + 1, len(self.rows)), *range(self.position)]
        self.position = next((i for i in after if not self.rows[i]["accept"]), self.position)
        self._show()
        if all(row["accept"] for row in self.rows):
            self.message.value = escape(f"All decided. Next: chainregistry news --accept {self.path}")

    def _save(self) -> bool:
        try:
            store.save(self.path, self.rows)
        except OSError as error:
            self.message.value = escape(f"Not saved: {error}")
            return False
        self.message.value = ""
        return True
