"""The process is killed at every named point of a turn, and nothing comes of it."""
