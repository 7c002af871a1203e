"""For people who write rules: trying them, checking examples, proposing rules, explaining results."""
