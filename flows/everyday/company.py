"""Choose the company that one acts for, for who works for several (ESM-43)."""

from flows.engine.language import Action, Flow, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import ChooseCompany, MyCompanies

flow = Flow(
    name="choose_company",
    title=_("Choose a company"),
    phrases=(
        "ander bedrijf",
        "bedrijf kiezen",
        "autre société",
        "choisir la société",
        "other company",
        "choose company",
    ),
    steps=(
        choose(
            "company",
            _("Which company do you act for in this chat?"),
            lookup(MyCompanies),
            title=_("Company"),
        ),
        review(
            _("Go on for {company}?"),
            notice=(_("What is open for the other company in this chat is stopped."),),
            send=_("Go on"),
        ),
        act(
            ChooseCompany,
            done=_("In this chat you now act for {name}."),
            then=(Action(_("Menu"), "menu"),),
        ),
    ),
)
