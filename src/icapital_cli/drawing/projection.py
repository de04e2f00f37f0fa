"""The projection of the map: Lambert azimuthal equal-area around 52° N 10° E, as EPSG:3035 without its false origin."""

from math import asin, cos, log, radians, sin, sqrt

CENTRE = (52.0, 10.0)
AXIS = 6378.137  # km: GRS 80
FLATTENING = 1 / 298.257222101
OPPOSITE = 1e-9  # of the opposite point nothing is nearer


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return kilometres east and north of the centre (IOGP Guidance Note 7-2, method 9820).

    The point opposite to the centre has no one place: it is the rim of the disc that the world becomes.
    """
    beta, turn = _authalic(latitude), radians(longitude - CENTRE[1])
    nearness = 1 + sin(BETA) * sin(beta) + cos(BETA) * cos(beta) * cos(turn)
    if nearness < OPPOSITE:
        return 0.0, -2 * RADIUS
    scale = RADIUS * sqrt(2 / nearness)
    east = scale * STRETCH * cos(beta) * sin(turn)
    north = scale / STRETCH * (cos(BETA) * sin(beta) - sin(BETA) * cos(beta) * cos(turn))
    return east, north


def _q(latitude: float) -> float:
    """The `q` of the method: the area between the equator and a parallel, up to a factor."""
    s = sin(radians(latitude))
    es = ECCENTRICITY * s
    return (1 - ECCENTRICITY**2) * (s / (1 - es**2) - log((1 - es) / (1 + es)) / (2 * ECCENTRICITY))


def _authalic(latitude: float) -> float:
    """The latitude on the sphere of the same area, in radians."""
    return asin(max(-1.0, min(1.0, _q(latitude) / _q(90))))


ECCENTRICITY = sqrt(FLATTENING * (2 - FLATTENING))
RADIUS = AXIS * sqrt(_q(90) / 2)
BETA = _authalic(CENTRE[0])
STRETCH = (
    AXIS * cos(radians(CENTRE[0])) / sqrt(1 - (ECCENTRICITY * sin(radians(CENTRE[0]))) ** 2) / (RADIUS * cos(BETA))
)
