"""How many receipts an errand may have, and how large a photo may be when it is sent."""

from typing import Final

MOST: Final = 5
MOST_BYTES: Final = 5 * 1024 * 1024
