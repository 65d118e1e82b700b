"""The cell functions in LibreOffice: an extension, made from the registry and installed."""

from tablero.addin.libreoffice.building import FILE_NAME, build
from tablero.addin.libreoffice.installing import Status, install, status, uninstall
from tablero.addin.libreoffice.office import Office, find_office

__all__ = [
    "FILE_NAME",
    "Office",
    "Status",
    "build",
    "find_office",
    "install",
    "status",
    "uninstall",
]
