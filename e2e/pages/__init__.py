"""Every page at both widths and in both languages."""
