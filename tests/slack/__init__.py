"""Slack, with the real process."""
