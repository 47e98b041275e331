"""Everything a person touches: the command line and the explorer."""

import os

# Textual reads this once. At its 60 frames a second the second frame of a key waits up to 17 ms for its turn; where
# nothing changes nothing is painted, so more of them cost nothing.
os.environ.setdefault("TEXTUAL_FPS", "200")
