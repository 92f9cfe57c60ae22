"""The drawings of the flows in docs/flows, kept up to date by `draw` and watched by `check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.engine.language import Flow
from flows.engine.mermaid import draw


def _pages(flows: Sequence[Flow]) -> dict[str, str]:
    pages = {f"{flow.name}.md": f"# {flow.title.msgid}\n\n```mermaid\n{draw(flow)}```\n" for flow in flows}
    index = "".join(f"- [{flow.title.msgid}]({flow.name}.md)\n" for flow in flows)
    pages["README.md"] = f"# The flows\n\nDrawn by `make drawings` from the flow files.\n\n{index}"
    return pages


def write(flows: Sequence[Flow], folder: Path) -> None:
    """Draw every flow; drawings of flows that are gone are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = _pages(flows)
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def outdated(flows: Sequence[Flow], folder: Path) -> list[str]:
    """The drawings that are not what `draw` would write now."""
    pages = _pages(flows)
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return [
        f"{folder / name}: out of date, run make drawings"
        for name in sorted(pages.keys() | there.keys())
        if pages.get(name) != there.get(name)
    ]
