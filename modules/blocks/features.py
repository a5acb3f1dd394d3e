"""What an editor of rich text offers inside a teaching block."""

SHORT_TEXT = ["bold", "italic", "ol", "ul", "link"]
TOLD = ["bold", "italic"]
