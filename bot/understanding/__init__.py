"""Free text becomes what the person wants: a command, a button, a flow to start, or nothing we know.

Pure: no I/O, no clock. The flows are handed in; everything else is words.
"""

from bot.understanding.reading import Understanding

__all__ = ["Understanding"]
