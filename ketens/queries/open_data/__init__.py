"""What everybody may take: released tables with their codes, files and catalogue."""
