"""`python -m tui.cli`: the command without its script."""

import sys

from tui.cli import main

sys.exit(main())
