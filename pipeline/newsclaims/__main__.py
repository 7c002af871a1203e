"""``python -m newsclaims`` is the command ``newsclaims``."""

from newsclaims.cli import app

if __name__ == "__main__":
    app()
