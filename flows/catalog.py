"""All flows, by name. Nothing registers itself: what is not listed here does not exist."""

from collections.abc import Mapping
from types import MappingProxyType

from flows.engine.language import Flow
from flows.everyday import (
    follow_in_room,
    help,
    language,
    link,
    link_code,
    menu,
    room_language,
    settings,
    stop_in_room,
    talk_to_person,
    thanks,
    unlink,
)
from flows.service_manager import (
    add_case_note,
    add_note,
    add_to_rma,
    answer_desk,
    correct_address,
    create_case,
    create_rma,
    follow_rma,
    initiate_return,
    new_request,
    overview,
    read_label,
    request_access,
    return_label,
    search_systems,
    track_return,
    track_rma,
    withdraw_rma,
)

ALL = (
    menu.flow,
    menu.unknown_link,
    help.flow,
    new_request.flow,
    create_rma.flow,
    create_case.flow,
    overview.list_rmas,
    overview.list_cases,
    overview.search,
    track_rma.flow,
    add_note.flow,
    add_case_note.flow,
    add_to_rma.flow,
    answer_desk.flow,
    correct_address.flow,
    withdraw_rma.flow,
    follow_rma.flow,
    initiate_return.flow,
    track_return.flow,
    return_label.flow,
    search_systems.flow,
    read_label.flow,
    request_access.flow,
    link.flow,
    link_code.flow,
    unlink.flow,
    language.flow,
    settings.flow,
    talk_to_person.flow,
    thanks.flow,
    follow_in_room.flow,
    stop_in_room.flow,
    room_language.flow,
)

FLOWS: Mapping[str, Flow] = MappingProxyType({flow.name: flow for flow in ALL})
