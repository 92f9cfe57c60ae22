"""Figures, measured and compared in one run: `make bench`."""
