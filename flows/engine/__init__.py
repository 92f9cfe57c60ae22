"""The flow engine: pure functions from a conversation and an event to what should happen."""
