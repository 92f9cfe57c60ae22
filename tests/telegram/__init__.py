"""The other side of the wire: a Bot API server of our own, and phones; the real process is between them."""
