"""From a document with mentions to claims, by rules."""
