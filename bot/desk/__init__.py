"""The back office pages for support staff."""
