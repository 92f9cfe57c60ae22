"""The manifest: what Slack accepts, in three languages."""

from __future__ import annotations

import json

import pytest

from bot.__main__ import main
from bot.channels.slack.manifest import manifest
from bot.channels.slack.words import COMMAND


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_names_fit_where_slack_shows_them(locale: str) -> None:
    """Slack refuses a manifest with a longer one."""
    made = manifest(locale, "")
    assert len(made["display_information"]["description"]) <= 140
    for shortcut in made["features"]["shortcuts"]:
        assert 0 < len(shortcut["name"]) <= 24
        assert 0 < len(shortcut["description"]) <= 150
    [command] = made["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert len(command["usage_hint"]) <= 1000


def test_without_an_address_it_is_for_socket_mode() -> None:
    """Nothing in it points anywhere."""
    made = manifest("en", "")
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)


def test_with_an_address_everything_goes_there() -> None:
    """Events, presses, options and commands: one door."""
    made = manifest("en", "https://desk.example/")
    there = "https://desk.example/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == there
    assert made["settings"]["interactivity"]["request_url"] == there
    assert made["settings"]["interactivity"]["message_menu_options_url"] == there
    assert made["features"]["slash_commands"][0]["url"] == there


def test_for_many_workspaces_it_says_where_they_come_back_to() -> None:
    """And its tokens end; one that is pasted would not be renewed."""
    one, many = (manifest("en", "https://desk.example/", many=many) for many in (False, True))
    assert many["oauth_config"]["redirect_urls"] == ["https://desk.example/slack/oauth_redirect"]
    assert (one["settings"]["token_rotation_enabled"], many["settings"]["token_rotation_enabled"]) == (
        False,
        True,
    )
    assert "redirect_urls" not in one["oauth_config"]


def test_it_is_printed_ready_to_paste(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, which Slack takes as it is."""
    assert main(["slack-manifest", "--lang", "fr"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest("fr", "")
