"""What runs inside LibreOffice: its calls, handed to the functions and answered in its values."""
