"""Recompute the chain of the audit log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from winkelstraat.accounts.queries.audit import get_chain_head, list_broken_links


class Command(BaseCommand):
    """Exit with 1 and name what is not right when an entry was changed or left out."""

    help = "Recompute the chain of the audit log."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and tell.

        :raises CommandError: with one line for each entry or seal that is not right.
        """
        broken = list(list_broken_links())
        if broken:
            raise CommandError("The audit log is not right:\n" + "\n".join(broken))
        head = get_chain_head()
        self.stdout.write(f"The audit log is right: {head.entries} entries, last {head.digest}.")
