"""How a result shows itself: in letters by its head, at the end of a cell as its chart, which is drawn only then."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.analyses.scope import Scope

HEAD_ROWS, HEAD_COLUMNS = 8, 8


class Told:
    """What tells in a few lines what it is, what was counted, and how its table begins."""

    table: pd.DataFrame
    scope: Scope

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.__repr__ = Told.__repr__  # type: ignore[method-assign] # else a dataclass writes one of all its fields

    def __repr__(self) -> str:
        table, scope = self.table, self.scope
        shown = table.head(HEAD_ROWS).dropna(axis=1, how="all").iloc[:, :HEAD_COLUMNS]
        what = f"{type(self).__name__}: {scope.counted:,} of {scope.of:,} {scope.unit}. {scope.what}."
        rest = f"{len(table):,} rows and {len(table.columns)} columns are in .table; .scope and .notes say the rest."
        return "\n".join([what, shown.to_string(index=False, max_colwidth=40), rest])


class Shown(Told):
    """What shows itself as its chart in a notebook, and as its finding and scope where there are only letters."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        svg = import_module("journeymap.charts.paper").svg(self)
        said = import_module("journeymap.charts.findings").finding(self)
        return {"image/svg+xml": svg, "text/plain": f"{said.text}\n{self.scope}"}
