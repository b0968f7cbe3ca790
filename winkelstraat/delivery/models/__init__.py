"""Where goods are collected, and when."""

from winkelstraat.delivery.models.pickup import PickupPoint, PickupWindow

__all__ = ["PickupPoint", "PickupWindow"]
