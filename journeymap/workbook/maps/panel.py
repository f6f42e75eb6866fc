"""The Map tab: the canvas and its table, the drawer of the picked cell, the checks, undo and save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.errors import JourneymapError
from journeymap.maps import notation
from journeymap.maps.document import JourneyMap
from journeymap.workbook.file_name import file_name
from journeymap.workbook.guard import guarded
from journeymap.workbook.maps.adding import added, additions
from journeymap.workbook.maps.bar import MapBar
from journeymap.workbook.maps.cells import heading, sections
from journeymap.workbook.maps.checks import MapChecks
from journeymap.workbook.maps.drawer import MapDrawer
from journeymap.workbook.maps.file import MapFile
from journeymap.workbook.maps.lanes import cells_of
from journeymap.workbook.maps.notices import MapNotices
from journeymap.workbook.maps.picture import MapPicture
from journeymap.workbook.maps.saving import Keeper
from journeymap.workbook.maps.state import MapState
from journeymap.workbook.maps.values import read
from journeymap.workbook.menu import Menu
from journeymap.workbook.places import is_published

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from journeymap.events.log import EventLog
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.workbook.vega import VegaView

EVERYBODY = ""
MIME = {"yaml": "application/yaml", "json": "application/json"}
MORE = [
    {"id": "map:", "label": "The map itself", "hint": "title, owner, review", "group": "Edit"},
    {"id": "stages:", "label": "Stages", "group": "Edit"},
    {"id": "personas:", "label": "Personas", "group": "Edit"},
    {"id": "channels:", "label": "Channels", "group": "Edit"},
    {"id": "sources:", "label": "Evidence", "group": "Edit"},
    {"id": "pains:", "label": "Pain points", "group": "In no stage"},
    {"id": "gains:", "label": "Gains", "group": "In no stage"},
    {"id": "opportunities:", "label": "Opportunities", "group": "In no stage"},
    {"id": "kpis:", "label": "KPIs", "group": "In no stage"},
    {"id": "touchpoints:", "label": "Touchpoints", "group": "In no stage"},
    {"id": "yaml", "label": "YAML", "group": "Download", "busy": "Writing the map…"},
    {"id": "json", "label": "JSON", "group": "Download", "busy": "Writing the map…"},
]
MEASURE = {"id": "measure", "label": "Measure with the log", "group": "Numbers", "busy": "Measuring…"}


class MapPanel(w.VBox):  # type: ignore[misc]
    """A map that can be read, checked and edited.

    Parameters
    ----------
    source
        A map, or the path of its file.
    log, feedback
        What the checks may look at besides the map.
    allow_saving
        Whether the file may be written. None: everywhere but on a published page.
    """

    title = "Map"

    def __init__(
        self,
        source: JourneyMap | str | Path,
        *,
        log: EventLog | None = None,
        feedback: Feedback | None = None,
        allow_saving: bool | None = None,
    ) -> None:
        if isinstance(source, JourneyMap):
            file, journey_map = None, source
        else:
            file = MapFile(source)
            journey_map = file.read()
        self.state = MapState(journey_map)
        self._back: Callable[[], object] | None = None
        self._syncing = self._shown = False
        self.notices, self.bar, self.drawer = MapNotices(), MapBar(), MapDrawer()
        self.picture = MapPicture(on_pick=self._pick, guard=self._guarded)
        self.checks = MapChecks(log, feedback, go=self._go_to, turn=self._turn_checks, guard=self._guarded)
        self.persona = w.Dropdown(description="Persona", options=[("All personas", EVERYBODY)])
        self._log, self._feedback = log, feedback
        self.more = Menu(label="More", items=[*MORE, *([MEASURE] if log else [])])
        end = w.HBox([self.picture.choice]).add_class("jm-tools-end")
        tools = w.HBox([self.bar, self.checks.button, self.more, self.persona, end]).add_class("jm-tools")
        beside = w.VBox([self.drawer, self.checks.list]).add_class("jm-map-beside")
        super().__init__([self.notices, tools, w.HBox([self.picture, beside]).add_class("jm-map-body")])
        self.add_class("jm-panel").add_class("jm-map")
        allowed = not is_published() if allow_saving is None else allow_saving
        self.keeper = Keeper(
            self.state, file, allowed=allowed, bar=self.bar, notices=self.notices, guard=self._guarded
        )
        self._listen()

    def _listen(self) -> None:
        self.state.observe(lambda change: self._guarded(lambda: self._follow(change)), "seen")
        self.persona.observe(lambda _: self._guarded(self._show_persona), "value")
        self.more.on_choose(self._choose)
        state, keeper = self.state, self.keeper
        asked = {"undo": state.undo, "redo": state.redo, "save": keeper.save, "look": keeper.look}
        self.bar.on_do({what: self._guarding(action) for what, action in asked.items()})
        edits = {
            "close": lambda _: self.go_back(),
            "set": self._set,
            "add": self._add,
            "earlier": lambda message: state.earlier(message["part"]),
            "later": lambda message: state.later(message["part"]),
            "remove": lambda message: state.remove(message["part"]),
        }
        self.drawer.on_do({what: self._guarding(action) for what, action in edits.items()})

    @property
    def journey_map(self) -> JourneyMap:
        """The map as it is edited."""
        return self.state.journey_map

    @property
    def view(self) -> VegaView:
        """The picture."""
        return self.picture.view

    def _follow(self, change: dict[str, Any]) -> None:
        """Bring everything in line with what has changed."""
        was, now = change["old"], change["new"]
        if was.journey_map != now.journey_map or was.persona != now.persona:
            self.drawer.problem = {}
            self._show_map()
        if was.cell != now.cell:
            self.drawer.problem = {}
            self.picture.mark(now.cell)
        self._fill_drawer()

    def _show_map(self) -> None:
        seen = self.state.seen
        told = seen.journey_map
        self._syncing = True
        self.persona.options = [("All personas", EVERYBODY), *((one.name, one.id) for one in told.personas)]
        self.persona.value = seen.persona
        self._syncing = False
        self.persona.layout.display = None if told.personas else "none"
        self.picture.show(seen)
        self.checks.check(told)

    def _fill_drawer(self) -> None:
        seen = self.state.seen
        with self.drawer.hold_sync():
            if seen.cell:
                self.drawer.subtitle, self.drawer.title = heading(seen.journey_map, seen.cell)
                self.drawer.sections = sections(seen.journey_map, seen.cell, persona=seen.persona)
                self.drawer.additions = additions(seen.journey_map, seen.cell)
            self.drawer.shown, self.drawer.cell = bool(seen.cell), seen.cell
        if seen.cell:
            self.checks.shut()

    def _show_persona(self) -> None:
        if not self._syncing:
            self.state.show(self.persona.value)

    def _pick(self, cell: str, back: Callable[[], object] | None = None) -> None:
        """Open a cell; `back` takes the focus when it is closed, where the page would not find the way."""
        if cell != self.state.seen.cell:
            self._back = back
            self.state.pick(cell)

    def _go_to(self, part_id: str) -> None:
        """Open the cell of a finding, as near to it as the picture has it."""
        cells = cells_of(self.journey_map, part_id)
        self._pick(next((cell for cell in cells if cell in self.picture.cells), cells[0]), self.checks.unfold)
        if part_id:
            self.drawer.lead_to(part_id)

    def _turn_checks(self) -> None:
        shows = not self.checks.list.shown
        self.state.pick("")
        if shows:
            self.checks.unfold()
            self.checks.check(self.journey_map)
        else:
            self.checks.shut()

    def _choose(self, chosen: str) -> None:
        """Open what stands in no cell of the picture, hand the map over as a file, or measure it."""
        if chosen in MIME:
            told = self.journey_map
            content = (notation.dumps if chosen == "yaml" else notation.dumps_json)(told).encode()
            self.more.send_file(file_name(told.title, "map", suffix=chosen), content, mime=MIME[chosen])
        elif chosen == MEASURE["id"] and self._log:
            self.state.put(self.journey_map.measure(self._log, self._feedback))
            self.more.done()
        else:
            self.more.done()
            self._guarded(lambda: self._pick(chosen))

    def _set(self, message: dict[str, Any]) -> None:
        """Take a typed value, or say at its control why not; there it stays."""
        part_id, field, typed = message["part"], message["field"], message.get("value")
        told = self.journey_map
        try:
            changed = read(told, told.part(part_id) if part_id else told, field, typed)
            if field == "stage":
                self.state.move(part_id, stage=changed["stage"])
            else:
                self.state.change(part_id, going=f"{part_id}|{field}|{message.get('visit')}", **changed)
            self.drawer.problem = {}
        except JourneymapError as error:
            self.drawer.problem = {"part": part_id, "field": field, "text": str(error), "typed": typed}

    def _add(self, message: dict[str, Any]) -> None:
        cell = self.state.seen.cell
        told, part_id = added(self.journey_map, cell, kind=message["kind"], words=message["words"])
        self.state.put(told)
        self.drawer.accepted(message["kind"])
        if part_id not in [one["part"] for one in self.drawer.sections]:
            self._pick(cells_of(told, part_id)[0], self._back)
        self.drawer.lead_to(part_id)

    def result(self) -> JourneyMap:
        """Return the map that the panel shows."""
        return self.journey_map

    def look(self) -> dict[str, Any]:
        """Say how `jm.save` draws the map as it is on the screen."""
        return {}

    def refresh(self) -> None:
        """Show the map when it is first looked at; it does not depend on what is asked of the log."""
        if not self._shown:
            self._shown = True
            self._guarded(self._show_map)

    def let_go(self) -> None:
        """Close the drawer."""
        self.state.pick("")

    def go_back(self) -> None:
        """Close the drawer by the reader's hand: the focus goes back to where it came from."""
        self.let_go()
        if self._back:
            self._back()

    def _guarding(self, action: Callable[..., object]) -> Callable[..., None]:
        return lambda *given: self._guarded(lambda: action(*given))

    def _guarded(self, action: Callable[[], object]) -> None:
        guarded(action, failed=self._fail)

    def _fail(self, error: JourneymapError, _details: str) -> None:
        self.notices.say("error", str(error), {"Close": lambda: None})
