"""`make bench`: our times against limits measured beside them. Ends with 1 when a ratio is over what is allowed.

`python -m tests.bench receipt|window|search|board|register ...` measures only these; `imports` says what the
window imports.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.bench import board, receipt, register, search, window
from tests.bench.measure import Ratio, table

PARTS: dict[str, Callable[[], list[Ratio]]] = {
    "receipt": receipt.measure,
    "window": window.measure,
    "search": search.measure,
    "board": board.measure,
    "register": register.measure,
}


def main(wanted: Sequence[str]) -> int:
    if list(wanted) == ["imports"]:
        print(window.imports())
        return 0
    ratios: list[Ratio] = []
    for name in wanted or PARTS:
        print(f"measuring: {name} ...", file=sys.stderr, flush=True)
        ratios += PARTS[name]()
    print("Medians; in brackets the middle half of the runs, then the fastest and the slowest.")
    print(table(ratios))
    return 0 if all(ratio.holds for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
