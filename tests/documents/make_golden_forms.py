"""Write the golden text of every form again: `python -m tests.documents.make_golden_forms`; read what changed."""

from __future__ import annotations

from pathlib import Path

from tests.documents.sample_forms import all_sheets, golden_text

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "forms"


def main() -> None:
    """Write each file anew; one that no sheet has any more goes."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    texts = {f"{name}.txt": golden_text(sheet) for name, sheet in all_sheets()}
    for path in GOLDEN.glob("*.txt"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
