"""The command as a module: ``python -m tablero.addin.cli``, where scripts are not on the path."""

from tablero.addin.cli import main

main()
