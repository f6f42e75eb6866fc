"""What is on the screen as one value: the question, with its history, and the tab that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from journeymap.charts.funnel_series import places, remembered
from journeymap.questions import Answer, Question

if TYPE_CHECKING:
    from journeymap.events.log import EventLog


class State(traitlets.HasTraits):
    """The one truth of a workbook. Controls write it through `ask`, panels observe it.

    Attributes
    ----------
    question
        What is asked. Only `ask`, `undo` and `reset` write it.
    tab
        The name of the panel that is looked at.
    """

    question = traitlets.Instance(Question)
    tab = traitlets.Unicode()

    def __init__(self, log: EventLog, question: Question, *, tab: str) -> None:
        self.log, self.first = log, question
        self._past: list[Question] = []
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
        names = [segment.name for segment in self.question.segments]
        owners = [
            name for name, (_, hollow) in places(names, segments=self.question.segments).items() if not hollow
        ]
        self._coloured = remembered(self._coloured, owners)
        return self._coloured

    @property
    def can_undo(self) -> bool:
        """Whether there is a question to go back to."""
        return bool(self._past)

    def ask(self, **parts: Any) -> None:
        """Change parts of the question; the same question again changes nothing."""
        asked = self.question.changed(**parts)
        if asked != self.question:
            self._past.append(self.question)
            self.question = asked

    def undo(self) -> None:
        """Go back one question."""
        if self._past:
            self.question = self._past.pop()

    def reset(self) -> None:
        """Ask the first question again; `undo` takes that back."""
        if self.question != self.first:
            self._past.append(self.question)
            self.question = self.first
