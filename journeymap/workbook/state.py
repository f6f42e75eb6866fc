"""What is on the screen as one value: the question, with its history, and the tab that is looked at."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import traitlets

from journeymap.charts.funnel_series import places, remembered
from journeymap.questions import Answer, Question

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment


class State(traitlets.HasTraits):
    """The one truth of a workbook. Controls write it through `ask`, panels observe it.

    Attributes
    ----------
    question
        What is asked. Only `ask`, `undo` and `reset` write it.
    made
        The segments that were made on the page. Only `make`, `delete` and `undo` write it.
    tab
        The name of the panel that is looked at.
    """

    question = traitlets.Instance(Question)
    made = traitlets.Tuple()
    tab = traitlets.Unicode()

    def __init__(self, log: EventLog, question: Question, *, tab: str) -> None:
        self.log, self.first = log, question
        self._past: list[tuple[Question, tuple[Segment, ...]]] = []
        self._coloured: list[str] = []
        self._answers: dict[Question, Answer] = {}
        super().__init__(question=question, tab=tab)

    @property
    def answer(self) -> Answer:
        """The answer to the question; the same object until the question changes."""
        if self.question not in self._answers:
            self._answers = {self.question: Answer(self.log, self.question)}
        return self._answers[self.question]

    @property
    def coloured(self) -> list[str]:
        """The names of segments in order of their colours; a name keeps its colour also while it is not ticked."""
        segments = self.question.segments
        signs = places([one.name for one in segments], segments=segments, known=self._coloured)
        owners = [name for name, (_, rest) in signs.items() if not rest]
        self._coloured = remembered(self._coloured, owners)
        return self._coloured

    @property
    def can_undo(self) -> bool:
        """Whether there is a question to go back to."""
        return bool(self._past)

    @property
    def last_changed(self) -> str:
        """The part of the question that its last change was about; the journey where there was none."""
        before = self._past[-1][0] if self._past else self.question
        parts = (part.name for part in fields(Question))
        changed = (name for name in parts if getattr(before, name) != getattr(self.question, name))
        return next(changed, "journey")

    def known(self, name: str) -> Any:
        """Return a result of the answer if it has been worked out, else None."""
        return vars(self.answer).get(name)

    def ask(self, **parts: Any) -> None:
        """Change parts of the question; the same question again changes nothing."""
        self._go_on(self.question.changed(**parts), self.made)

    def make(self, segment: Segment, *, segments: tuple[Segment, ...]) -> None:
        """Keep a new segment to choose, and ask for these segments."""
        self._go_on(self.question.changed(segments=segments), (*self.made, segment))

    def delete(self, segment: Segment) -> None:
        """Forget a segment that was made on the page, and ask without it and its rest; `undo` brings it back."""
        kept = tuple(one for one in self.question.segments if one not in (segment, ~segment))
        self._go_on(self.question.changed(segments=kept), tuple(one for one in self.made if one != segment))

    def undo(self) -> None:
        """Go back one question."""
        if self._past:
            self._set(*self._past.pop())

    def reset(self) -> None:
        """Ask the first question again; `undo` takes that back."""
        self._go_on(self.first, self.made)

    def _go_on(self, question: Question, made: tuple[Segment, ...]) -> None:
        if (question, made) != (self.question, self.made):
            self._past.append((self.question, self.made))
            self._set(question, made)

    def _set(self, question: Question, made: tuple[Segment, ...]) -> None:
        with self.hold_trait_notifications():
            self.made, self.question = made, question
