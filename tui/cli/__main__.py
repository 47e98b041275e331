"""`python -m tui.cli`: the command without its script."""

import sys

from tui.cli import main

if __name__ == "__main__":  # processes for extraction import it as well
    sys.exit(main())
