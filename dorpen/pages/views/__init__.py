"""What the pages show, and the few addresses that are no Wagtail page."""
