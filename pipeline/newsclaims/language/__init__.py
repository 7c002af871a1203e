"""The spaCy side: one component a file, each with a factory and usable alone in any spaCy pipeline."""
