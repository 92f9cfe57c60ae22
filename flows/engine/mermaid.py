"""A flow as a Mermaid drawing. It is complete, because nothing in a flow can jump."""

from __future__ import annotations

from flows.engine.language import Act, Ask, Choose, Flow, Review, Show, Step, Upload, When

SHAPES = {
    Show: ('(["', '"])'),
    Ask: ('["', '"]'),
    Choose: ('{{"', '"}}'),
    Upload: ('[/"', '"/]'),
    Review: ('[["', '"]]'),
    Act: ('(("', '"))'),
}


def draw(flow: Flow) -> str:
    """The steps in their order, with what each depends on."""
    lines = ["flowchart TD", f'    start((" ")) --> {flow.steps[0].name}']
    open_ends: list[tuple[str, str]] = []
    for step in flow.steps:
        before, after = SHAPES[type(step)]
        lines.append(f"    {step.name}{before}{_label(step)}{after}")
        condition = " and ".join(_condition(when) for when in step.when)
        for end, otherwise in open_ends:
            label = condition or otherwise
            lines.append(f"    {end} -->{_on(label)} {step.name}")
        passed = [(end, "otherwise") for end, _otherwise in open_ends] if condition else []
        open_ends = [*passed, (step.name, "")]
    lines += [f'    {end} -->{_on(label)} finish((" "))' for end, label in open_ends]
    for step in flow.steps:
        if isinstance(step, Show | Choose):
            lines += [
                f'    {step.name} -. "{_plain(action.label.msgid)}" .-> {action.flow}_flow["{action.flow}"]'
                for action in step.actions
            ]
    return "\n".join(lines) + "\n"


def _label(step: Step) -> str:
    if isinstance(step, Act):
        return step.name
    if isinstance(step, Review):
        return _plain(f"{step.name}: {step.send.msgid}")
    text = step.text.msgid.splitlines()[0]
    return _plain(f"{step.name}: {text}")


def _condition(when: When) -> str:
    return f"{when.step} = {' or '.join(when.values)}" if when.values else f"{when.step} answered"


def _on(label: str) -> str:
    return f'|"{_plain(label)}"|' if label else ""


def _plain(text: str) -> str:
    return text.replace('"', "'").replace("“", "'").replace("”", "'").replace("{", "").replace("}", "")
