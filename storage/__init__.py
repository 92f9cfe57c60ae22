"""Storage remembers: synchronous SQLAlchemy Core on SQLite or PostgreSQL."""
