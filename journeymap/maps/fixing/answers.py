"""What customers said at each place: how many of their answers, and how many of these in a bad mood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeymap.maps.feedback import joining

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.feedback.joining import Passages
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.fixing.places import Place

    Whole = NDArray[np.int64]


def answers_at(
    feedback: Feedback | None, log: EventLog, reached: Passages, places: Sequence[Place]
) -> tuple[Whole, Whole]:
    """Count the answers with an emotion of each customer at each place, and the negative ones (customers x places).

    Parameters
    ----------
    reached
        The stages that settled attempts passed; an answer belongs to the last one that was reached by then, within the
        window, and to the step of this stage that was taken last.
    """
    answers = np.zeros((len(log.store.customers), len(places)), dtype=np.int64)
    negative = answers.copy()
    if feedback is None:
        return answers, negative
    frame = feedback.frame[feedback.frame["emotion"].notna()]
    is_negative = (frame["emotion"] < 0).to_numpy()
    stages, steps = _columns(places, "stage"), _columns(places, "step")
    rules = [(places[column].position, places[column].rule) for column in steps]
    placed = joining.places_of(log, reached, frame, steps=rules)
    for position, columns in ((placed.stage, stages), (placed.step, steps)):
        said = np.flatnonzero(position >= 0)
        cells = placed.customer[said], columns[position[said]]
        np.add.at(answers, cells, 1)
        np.add.at(negative, cells, is_negative[said])
    return answers, negative


def _columns(places: Sequence[Place], kind: str) -> Whole:
    return np.array([column for column, place in enumerate(places) if place.kind == kind], dtype=np.int64)
