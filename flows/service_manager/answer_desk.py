"""Answer what the desk asks about a request: words, photos or a PDF, as they come."""

from flows.engine.language import Action, Flow, Refusal, act, ask, choose, lookup, upload
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import AnswerDesk, OpenQuestions

MEGABYTES_30 = 30 * 1024 * 1024

flow = Flow(
    name="answer_desk",
    title=_("Answer the desk"),
    phrases=("antwoord aan support", "vraag van support", "répondre au support", "answer the desk"),
    patient=True,
    steps=(
        choose(
            "question",
            _("Which question of the desk do you want to answer?"),
            lookup(OpenQuestions),
            title=_("Question"),
            default=True,
            actions=(Action(_("Menu"), "menu", instead=True),),
        ),
        upload(
            "photos",
            _("The desk asks about {question}\nType your answer here, or send a photo or PDF."),
            title=_("Photos"),
            at_most=MEGABYTES_30,
            words_for="answer",
        ),
        ask(
            "answer",
            _("What do you want to tell the desk?"),
            text(at_most=4000),
            title=_("Answer"),
            optional=True,
            volunteered=True,
        ),
        act(
            AnswerDesk,
            done=_("Your answer is with the desk: {number}."),
            refused={"not_found": Refusal(_("This question is no longer open."), again="question")},
            then=(Action(_("Menu"), "menu"),),
        ),
    ),
)
