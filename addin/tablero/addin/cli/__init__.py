"""The command ``tablero``: what is typed is parsed here, done below, and told in a sentence."""

from tablero.addin.cli.app import app
from tablero.addin.cli.entry import main

__all__ = ["app", "main"]
