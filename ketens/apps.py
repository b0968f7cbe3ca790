"""Django's name card of this package."""

from django.apps import AppConfig


class KetensConfig(AppConfig):
    """The impact chains."""

    name = "ketens"
    verbose_name = "chains"

    def ready(self) -> None:
        """Tell the worker which long work the chains know."""
        from ketens.operations.reports import KIND, work_report
        from winkelstraat.accounts.domain.jobs import register_kind

        register_kind(kind=KIND, work=work_report)
