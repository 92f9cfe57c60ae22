"""Who is invited works for a company once they used their code, and no sooner."""

from __future__ import annotations

from alembic import op

revision = "0027_invited"
down_revision = "0026_moved_drafts"

_DAY = 24 * 3600 * 1_000_000


def upgrade() -> None:
    # A code that was sent to somebody who was removed since must not bring them back.
    op.execute("DELETE FROM link_codes WHERE installer IN (SELECT id FROM installers WHERE NOT active)")
    op.execute(
        "UPDATE installers SET active = false WHERE id NOT IN (SELECT installer FROM chat_identities)"  # noqa: S608 (ours)
        " AND id NOT IN (SELECT installer FROM link_codes WHERE used_at IS NOT NULL)"
        " AND id IN (SELECT installer FROM link_codes WHERE used_at IS NULL"
        f" AND expires_at - created_at > {_DAY})"
    )
