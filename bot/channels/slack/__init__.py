"""Slack: events, presses and forms in by Socket Mode or signed HTTP, answers out through slack_sdk."""
