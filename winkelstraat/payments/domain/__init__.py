"""Rules of money as plain Python: VAT, splitting, and what a payment may become."""
