"""SWEREF 99 TM, Sweden's map plane in metres: the Gauss-Krüger projection by Lantmäteriet's formulas."""

from math import asinh, atan, atan2, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tan

_AXIS = 6378137.0  # GRS 80
_FLATTENING = 1 / 298.257222101
_MERIDIAN = radians(15)
_SCALE = 0.9996
_FALSE_EASTING = 500_000.0

_e2 = _FLATTENING * (2 - _FLATTENING)
_n = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _SCALE * _AXIS / (1 + _n) * (1 + _n**2 / 4 + _n**4 / 64)
_FORTH = (
    _n / 2 - 2 * _n**2 / 3 + 5 * _n**3 / 16 + 41 * _n**4 / 180,
    13 * _n**2 / 48 - 3 * _n**3 / 5 + 557 * _n**4 / 1440,
    61 * _n**3 / 240 - 103 * _n**4 / 140,
    49561 * _n**4 / 161280,
)
_BACK = (
    _n / 2 - 2 * _n**2 / 3 + 37 * _n**3 / 96 - _n**4 / 360,
    _n**2 / 48 + _n**3 / 15 - 437 * _n**4 / 1440,
    17 * _n**3 / 480 - 37 * _n**4 / 840,
    4397 * _n**4 / 161280,
)


def project(lon: float, lat: float) -> tuple[float, float]:
    """(easting, northing) in metres of a longitude and latitude; right to a millimetre in Sweden."""
    e = sqrt(_e2)
    conformal = atan(sinh(asinh(tan(radians(lat))) - e * atanh(e * sin(radians(lat)))))
    away = radians(lon) - _MERIDIAN
    xi = atan2(tan(conformal), cos(away))
    eta = atanh(cos(conformal) * sin(away))
    northing = xi + sum(b * sin(2 * k * xi) * cosh(2 * k * eta) for k, b in enumerate(_FORTH, 1))
    easting = eta + sum(b * cos(2 * k * xi) * sinh(2 * k * eta) for k, b in enumerate(_FORTH, 1))
    return _FALSE_EASTING + _RADIUS * easting, _RADIUS * northing


def unproject(easting: float, northing: float) -> tuple[float, float]:
    """(longitude, latitude) of a point of the plane."""
    xi0, eta0 = northing / _RADIUS, (easting - _FALSE_EASTING) / _RADIUS
    xi = xi0 - sum(d * sin(2 * k * xi0) * cosh(2 * k * eta0) for k, d in enumerate(_BACK, 1))
    eta = eta0 - sum(d * cos(2 * k * xi0) * sinh(2 * k * eta0) for k, d in enumerate(_BACK, 1))
    lon = _MERIDIAN + atan2(sinh(eta), cos(xi))
    return degrees(lon), degrees(_latitude(sin(xi) / cosh(eta)))


def _latitude(conformal_sine: float) -> float:
    """Geodetic latitude from the sine of the conformal one: a fixed point, reached in a few rounds."""
    e = sqrt(_e2)
    target = atanh(conformal_sine)
    lat = atan(sinh(target))
    for _ in range(6):
        lat = atan(sinh(target + e * atanh(e * sin(lat))))
    return lat
