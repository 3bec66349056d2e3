"""What it takes to run what the documentation prints; ``conftest.py`` at the top of the repository puts it to use."""
