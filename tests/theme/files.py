"""Where the theme's files are."""

from django.conf import settings

THEME = settings.PROJECT_DIR / "themes" / "dorp"
STYLES = THEME / "static" / "css"
SCRIPTS = THEME / "static" / "js"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
