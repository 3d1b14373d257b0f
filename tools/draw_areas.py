"""Draw the sample's own areas in Helsingborg and Bjuv (by hand; see data/README.md)."""

import json
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
SAYS = "Drawn for Handtag's sample town around named places; no official division."

Corner = tuple[float, float]

# Corners that two or three areas share, each written once so that no gap can open between them.
SOUND_NORTH: Corner = (12.645, 56.08)  # off Sofiero
SOUND_SOUTH: Corner = (12.7, 56.014)  # off the harbour of Råå
EAST_OF_VALA: Corner = (12.765, 56.083)
MOTORWAY: Corner = (12.777, 56.018)
LAND_NORTH_EAST: Corner = (12.8828, 56.1093)
LAND_EAST: Corner = (12.8981, 56.0192)
CITY_NORTH: list[Corner] = [(12.672, 56.0935), (12.72, 56.089)]
CITY_EAST: list[Corner] = [(12.775, 56.055)]
CITY_SOUTH: list[Corner] = [(12.762, 56.0125), (12.735, 56.0085)]
EAST_NORTH: list[Corner] = [(12.82, 56.085)]
EAST_SOUTH: list[Corner] = [(12.79, 56.0), (12.83, 55.997)]

# The landward side follows the municipality's generalised boundary corner by corner. The seaward side is
# drawn some way out in the Sound, because the generalised coast leaves Råå and Domsten in the water.
HELSINGBORG: dict[str, list[Corner]] = {
    "Centrum": [
        SOUND_NORTH, *CITY_NORTH, EAST_OF_VALA, *CITY_EAST, MOTORWAY, *CITY_SOUTH, SOUND_SOUTH,
        (12.682, 56.028), (12.678, 56.042), (12.66, 56.062),
    ],
    "Norr": [
        SOUND_NORTH, (12.612, 56.098), (12.59, 56.117), (12.5858, 56.139), (12.6819, 56.1521),
        (12.6776, 56.1685), (12.746, 56.1982), (12.7683, 56.2199), (12.7904, 56.2172), (12.8344, 56.1857),
        (12.7987, 56.1601), (12.8414, 56.1356), LAND_NORTH_EAST, *EAST_NORTH, EAST_OF_VALA, *CITY_NORTH[::-1],
    ],
    "Söder": [
        SOUND_SOUTH, *CITY_SOUTH[::-1], MOTORWAY, *EAST_SOUTH, LAND_EAST, (12.947, 55.9793),
        (12.9846, 55.9814), (12.9824, 55.9581), (12.9522, 55.9485), (12.948, 55.9268), (12.9263, 55.946),
        (12.8862, 55.9566), (12.8367, 55.946), (12.8169, 55.9648), (12.7765, 55.9614), (12.755, 55.957),
        (12.727, 55.988),
    ],
    "Öster": [
        EAST_OF_VALA, *EAST_NORTH, LAND_NORTH_EAST, (12.9161, 56.0563), (12.9346, 56.0285), LAND_EAST,
        *EAST_SOUTH[::-1], MOTORWAY, *CITY_EAST[::-1],
    ],
}  # fmt: skip

BJUV_SOUTH: Corner = (12.9346, 56.0285)
BJUV_NORTH: Corner = (12.9765, 56.1205)
BJUV_SOUTH_EAST: Corner = (13.0301, 56.0011)
BJUV_MIDDLE: Corner = (12.95, 56.03)
BETWEEN_BJUV_AND_BILLESHOLM: list[Corner] = [(12.96, 56.085), (12.952, 56.05)]
NORTH_OF_EKEBY: list[Corner] = [(12.99, 56.022)]

BJUV: dict[str, list[Corner]] = {
    "Bjuv och Gunnarstorp": [
        BJUV_SOUTH, (12.9161, 56.0563), (12.8828, 56.1093), (12.9519, 56.1287), BJUV_NORTH,
        *BETWEEN_BJUV_AND_BILLESHOLM, BJUV_MIDDLE,
    ],
    "Billesholm": [
        BJUV_NORTH, (13.0114, 56.1173), (13.0638, 56.0796), (13.0203, 56.0448), BJUV_SOUTH_EAST,
        *NORTH_OF_EKEBY, BJUV_MIDDLE, *BETWEEN_BJUV_AND_BILLESHOLM[::-1],
    ],
    "Ekeby": [
        (12.9846, 55.9814), (12.947, 55.9793), LAND_EAST, BJUV_SOUTH, BJUV_MIDDLE, *NORTH_OF_EKEBY,
        BJUV_SOUTH_EAST,
    ],
}  # fmt: skip


def draw(code: str, areas: dict[str, list[Corner]]) -> None:
    """Write the areas of one municipality as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "drawn": SAYS},
            "geometry": {"type": "Polygon", "coordinates": [[*corners, corners[0]]]},
        }
        for name, corners in areas.items()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    file = DATA / "areas" / f"{code}.geojson"
    file.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    draw("1283", HELSINGBORG)
    draw("1260", BJUV)
