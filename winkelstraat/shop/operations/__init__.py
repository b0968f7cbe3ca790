"""What can be done in the shop: sell, buy, pack, hand out."""
