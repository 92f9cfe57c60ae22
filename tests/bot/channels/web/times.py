"""The moment at which the tests of the web chat happen."""

import datetime

NOW = datetime.datetime(2026, 11, 20, 10, 0, tzinfo=datetime.UTC)
