"""The contract by exhaustive search: every chain of every entry is tried. Slow, and plainly right."""

from __future__ import annotations


def follows(later, earlier):
    """Rows are (event, at, key); equal times chain only by larger keys."""
    if later[1] != earlier[1]:
        return later[1] > earlier[1]
    return later[2] is not None and earlier[2] is not None and later[2] > earlier[2]


def chains(rows, stages, chain):
    """Yield every chain that continues this one, the chain itself included."""
    yield chain
    if len(chain) == len(stages):
        return
    for row in rows:
        if row[0] in stages[len(chain)] and follows(row, chain[-1]):
            yield from chains(rows, stages, [*chain, row])


def best_attempt(rows, stages, *, window, begin=None, end=None, until=None):
    """Return (depth, instant of entry) of the best attempt: furthest, then earliest; (0, None) where nobody entered."""
    best = (0, None)
    for entry in rows:
        at = entry[1]
        outside = (
            (begin is not None and at < begin)
            or (end is not None and at >= end)
            or (until is not None and at > until)
        )
        if entry[0] not in stages[0] or outside:
            continue
        for chain in chains(rows, stages, [entry]):
            if window is not None and chain[-1][1] - at > window:
                continue
            if len(chain) > best[0] or (len(chain) == best[0] and at < best[1]):
                best = (len(chain), at)
    return best


def count(customers, stages, *, window, data_end, begin=None, end=None):
    """Return one dictionary of counts per stage, over customers given as lists of rows."""
    span = {"begin": begin, "end": end}
    counts = [
        dict.fromkeys(("customers", "moved_on", "left", "still_open", "settled", "settled_moved_on"), 0)
        for _ in stages
    ]
    for rows in customers:
        depth, _ = best_attempt(rows, stages, window=window, **span)
        entries = [
            r[1]
            for r in rows
            if r[0] in stages[0] and (begin is None or r[1] >= begin) and (end is None or r[1] < end)
        ]
        still_open = window is None or any(at + window > data_end for at in entries)
        settled, _ = (
            (0, None)
            if window is None
            else best_attempt(rows, stages, window=window, until=data_end - window, **span)
        )
        for k in range(len(stages)):
            here = counts[k]
            here["customers"] += depth >= k + 1
            here["moved_on"] += depth >= k + 2
            here["left"] += depth == k + 1 and not still_open
            here["still_open"] += depth == k + 1 and still_open
            here["settled"] += settled >= k + 1
            here["settled_moved_on"] += settled >= k + 2
    return counts


def path(rows, node_of, *, steps, start=None, begin=None, end=None):
    """Return the nodes from the first start on, repeats merged, then whether the path ended or goes on."""
    ordered = sorted(rows, key=lambda r: (r[1], r[2] is None, r[2] or 0, r[0]))
    seen = []
    for row in ordered:
        node = node_of(row)
        if node is None:
            continue
        inside = (begin is None or row[1] >= begin) and (end is None or row[1] < end)
        if not seen and (not inside or (start is not None and node != start)):
            continue
        if not seen or seen[-1] != node:
            seen.append(node)
    if not seen:
        return None
    last = "(continues)" if len(seen) > steps else "(left)"
    return (seen[:steps] + ["(left)"] * steps)[:steps] + [last]
