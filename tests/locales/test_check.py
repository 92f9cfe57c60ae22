"""A broken catalog is reported before anybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.engine.language import Flow
from flows.engine.phrases import _, n_
from locales import catalogs, extract
from locales.check import problems, too_long

SOURCE = """\
from flows.engine.phrases import _, n_

ASK = _("Which system? It is at {town}")
PHOTOS = n_("{n} photo", "{n} photos")
"""
GOOD: dict[str, dict[str, str | tuple[str, ...]]] = {
    "nl": {
        "Which system? It is at {town}": "Welk systeem? Het is in {town}",
        "{n} photo": ("{n} foto", "{n} foto's"),
    },
    "fr": {
        "Which system? It is at {town}": "Quel système\u202f? Il est à {town}",
        "{n} photo": ("{n} photo", "{n} photos"),
    },
}
ASK = "Which system? It is at {town}"


@dataclass(frozen=True)
class Project:
    """A small source tree with its translations."""

    root: Path

    def problems(self, *flows: Flow) -> list[str]:
        """What the check says about it."""
        return problems({flow.name: flow for flow in flows}, self.root / "locales", self.root)

    def write(self, path: str, text: str) -> None:
        """Put a file in the tree."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def po(self, language: str) -> Path:
        """A translation file."""
        return catalogs.po_path(language, self.root / "locales")

    def extract(self) -> None:
        """Do what `python -m locales.extract` does."""
        found = extract.messages(self.root)
        for language in catalogs.LANGUAGES:
            text = extract.updated(language, found, self.root / "locales")
            self.po(language).parent.mkdir(parents=True, exist_ok=True)
            self.po(language).write_text(text, encoding="utf-8")

    def translate(self, language: str, english: str, words: str | tuple[str, ...]) -> None:
        """Fill in one translation by hand, as a translator does."""
        lines = iter(self.po(language).read_text(encoding="utf-8").splitlines())
        text = []
        for line in lines:
            text.append(line)
            if line == f'msgid "{english}"':
                forms = (words,) if isinstance(words, str) else words
                if len(forms) > 1:
                    text.append(next(lines))
                for place, form in enumerate(forms):
                    next(lines)
                    text.append(f'msgstr "{form}"' if len(forms) == 1 else f'msgstr[{place}] "{form}"')
        self.po(language).write_text("\n".join(text) + "\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two phrases, translated well."""
    made = Project(tmp_path)
    made.write("flows/few.py", SOURCE)
    made.extract()
    for language, words in GOOD.items():
        for english, translation in words.items():
            made.translate(language, english, translation)
    return made


def test_a_good_catalog_has_no_problems(project: Project) -> None:
    """Written by hand or by the tool, it is the same text."""
    assert project.problems() == []


def test_extracting_again_changes_nothing(project: Project) -> None:
    """No dates, no line numbers, no order of the day."""
    before = [project.po(language).read_bytes() for language in catalogs.LANGUAGES]
    project.write("flows/few.py", "\n\n" + SOURCE)
    project.extract()
    assert [project.po(language).read_bytes() for language in catalogs.LANGUAGES] == before


def test_english_translates_itself(project: Project) -> None:
    """Nobody types the English twice."""
    assert catalogs.forms(catalogs.read("en", project.root / "locales").get(ASK)) == (ASK,)


def test_a_missing_translation_is_reported(project: Project) -> None:
    """An empty line in the file is not a translation."""
    project.translate("nl", ASK, "")
    assert project.problems() == [f"nl: {ASK!r} is not translated"]


def test_a_plural_with_one_form_missing_is_reported(project: Project) -> None:
    """Both forms are needed."""
    project.translate("fr", "{n} photo", ("{n} photo", ""))
    assert project.problems() == ["fr: '{n} photo' is not translated"]


def test_a_guess_is_not_a_translation(project: Project) -> None:
    """What a tool marked as fuzzy has not been read by a person."""
    text = project.po("nl").read_text(encoding="utf-8")
    project.po("nl").write_text(
        text.replace("#, python-brace-format", "#, fuzzy, python-brace-format", 1), "utf-8"
    )
    assert project.problems() == [f"nl: {ASK!r} is not translated"]


@pytest.mark.parametrize("words", ["Welk systeem?", "Welk systeem? Het is in {stad}", "{town} {town} {x}"])
def test_other_gaps_than_in_english_are_reported(project: Project, words: str) -> None:
    """A gap lost or renamed would leave a hole in the sentence."""
    project.translate("nl", ASK, words)
    assert project.problems() == [f"nl: {words!r} does not have the gaps of {ASK!r}"]


def test_gaps_are_compared_in_every_plural_form(project: Project) -> None:
    """The form for one as well as the form for many."""
    project.translate("nl", "{n} photo", ("een foto", "{n} foto's"))
    assert project.problems() == ["nl: 'een foto' does not have the gaps of '{n} photo'"]


def test_a_new_phrase_makes_the_files_out_of_date(project: Project) -> None:
    """Whoever adds a phrase runs the extraction."""
    project.write("flows/more.py", "from flows.engine.phrases import _\nX = _('Send')\n")
    said = [
        f"{language}: the translations are out of date; run python -m locales.extract"
        for language in catalogs.LANGUAGES
    ]
    assert project.problems() == said


def test_a_removed_phrase_makes_the_files_out_of_date(project: Project) -> None:
    """No dead translations are kept."""
    project.write("flows/few.py", SOURCE.replace("ASK", "# ASK"))
    assert len(project.problems()) == 3
    project.extract()
    assert project.problems() == []
    assert ASK not in project.po("nl").read_text(encoding="utf-8")


def test_a_changed_phrase_loses_its_translation(project: Project) -> None:
    """A near match is never taken over in silence."""
    project.write("flows/few.py", SOURCE.replace("Which system?", "What system?"))
    project.extract()
    assert [line for line in project.problems() if "not translated" in line] == [
        f"nl: {ASK.replace('Which', 'What')!r} is not translated",
        f"fr: {ASK.replace('Which', 'What')!r} is not translated",
    ]


@pytest.mark.parametrize(
    ("language", "words", "complaint"),
    [
        ("nl", "Welk systeem heb je in {town}?", "says je; we say u"),
        ("nl", "Is dit jouw systeem in {town}?", "says je; we say u"),
        ("nl", "Fijn! Welk systeem in {town}?", "has an exclamation mark"),
        ("fr", "Tu cherches quel système à {town}\u202f?", "says tu; we say vous"),
        ("fr", "Quel système? Il est à {town}", "misses a no-break space before : ; ? !"),
        ("fr", "Quel système ? Il est à {town}", "misses a no-break space before : ; ? !"),
        ("fr", "Système: {town}", "misses a no-break space before : ; ? !"),
        ("fr", "Système «\u00a0{town}»", "misses a no-break space inside « »"),
    ],
)
def test_a_slip_against_the_house_style_is_reported(
    project: Project, language: str, words: str, complaint: str
) -> None:
    """The voice of the bot is checked as far as a machine can."""
    project.translate(language, ASK, words)
    assert project.problems() == [f"{language}: {words!r} {complaint}"]


@pytest.mark.parametrize("words", ["À 14:05, voir https://example.be/{town}", "{town}\u00a0: oui\u202f; non"])
def test_a_time_and_a_link_need_no_space(project: Project, words: str) -> None:
    """Only punctuation at the end of a word counts."""
    project.translate("fr", ASK, words)
    assert project.problems() == []


def test_a_phrase_used_with_and_without_plural_is_reported(project: Project) -> None:
    """One translation cannot serve both."""
    project.write("flows/few.py", SOURCE + 'ONE = _("{n} photo")\n')
    project.extract()
    assert "'{n} photo' is used with and without a plural" in project.problems()


def test_a_label_longer_than_a_button_is_reported_per_language(project: Project) -> None:
    """It fits in English and not in Dutch; a number counts as eight characters."""
    project.write("flows/few.py", "from flows.engine.phrases import _\nX = _('Follow {rma}')\n")
    project.extract()
    project.translate("nl", "Follow {rma}", "Opvolgen van {rma}, graag")
    project.translate("fr", "Follow {rma}", "Suivre {rma}")
    assert too_long([_("Follow {rma}")], folder=project.root / "locales") == [
        "nl: 'Opvolgen van {rma}, graag' is 28 characters, a button shows 24"
    ]


def test_the_labels_of_the_flows_are_among_what_is_checked(project: Project) -> None:
    """A title that fits in English may be too long in French."""
    project.write("flows/few.py", "from flows.engine.phrases import _\nX = _('New RMA')\n")
    project.extract()
    project.translate("nl", "New RMA", "Nieuwe RMA")
    project.translate("fr", "New RMA", "Nouvelle demande de remplacement")
    flow = Flow("few", _("New RMA"), (), ())
    assert project.problems(flow) == [
        "fr: 'Nouvelle demande de remplacement' is 32 characters, a button shows 24"
    ]


def test_phrases_are_found_by_both_names(project: Project) -> None:
    """`_` for a sentence, `n_` for one that counts, with the files they are in."""
    assert extract.messages(project.root) == {
        (ASK, ""): {"flows/few.py"},
        ("{n} photo", "{n} photos"): {"flows/few.py"},
    }
    assert n_("{n} photo", "{n} photos").msgid == _("{n} photo").msgid
