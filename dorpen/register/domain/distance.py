"""Distance over the ground, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_009


def great_circle_m(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> int:
    """Return the great-circle distance between two WGS84 points in whole metres (haversine)."""
    phi1, phi2 = radians(latitude1), radians(latitude2)
    half_phi = sin((phi2 - phi1) / 2) ** 2
    half_lambda = sin(radians(longitude2 - longitude1) / 2) ** 2
    inside = min(1.0, half_phi + cos(phi1) * cos(phi2) * half_lambda)
    return round(2 * EARTH_RADIUS_M * asin(sqrt(inside)))
