"""What a yearly report says: words and numbers only, from releases, ready for a template."""
