"""The web chat: a page for the phone, words in by POST, answers out as server-sent events."""
