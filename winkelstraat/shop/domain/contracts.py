"""Terms of contracts with shops."""

from datetime import timedelta

# Regulation (EU) 2019/1150 art. 4: an end is told so long ahead.
END_NOTICE = timedelta(days=30)
# DSA art. 30(5): what traces a trader is kept so long after the end, and then deleted.
KEPT_AFTER_END = timedelta(days=183)
