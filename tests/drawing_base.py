"""The tiny base with what pictures need besides: places of cities, and the steps of two editions."""

PLACES = {"lodz": (51.77058, 19.47395), "nordvik": (73.98333, 111.46667), "vastersund": (63.1792, 14.63566)}
LABELS = """\
language: en
labels:
  kind.map: The cities
  kind.timeline: The editions in time
  note.without_place: 'Not on the map: {}.'
  note.outside: 'Outside of the map: {}.'
  note.without_date: 'Without a date: {}.'
  measure.prize_eur: Prize money
  picture.bars: '{measure}, by {group}'
  picture.city: '{city}, {country}: {status}; results: {results}'
  picture.several: so many cities are close together
  picture.partial: 'An open mark: not known to the day.'
"""
BESIDE_LODZ = (51.78, 19.5)
STEPS = """\
milestones:
  2017-call:
    edition: 2017
    date: '2016-12-05'
    step: call
    summary: The call opens.
    citations:
      - source: lantern-2017
        locator: opening paragraph
  2017-hearing:
    edition: 2017
    date: 2017-09
    step: hearing
    summary: The jury hears the towns.
    citations:
      - source: lantern-2017
        locator: second paragraph
  2017-award:
    edition: 2017
    date: '2017-11-08'
    step: ceremony
    summary: The winner is announced.
    citations:
      - source: lantern-2017
        locator: last paragraph
  2017-picnic:
    edition: 2017
    date: '2018-06-01'
    step: other
    summary: A picnic.
    citations:
      - source: lantern-2017
        locator: last line
disputes:
  hearing-2017:
    editions:
      - 2017
    topic: month of the hearing
    severity: low
    weight: open
    touches:
      - 2017-hearing.date
    claims:
      - says: September.
        citations:
          - source: lantern-2017
            locator: second paragraph
      - says: October.
        citations:
          - source: gazette-2017
            locator: second paragraph
    believed: September.
    why: The organiser knows.
"""


def with_places(base, **places):
    """Give cities of a copy of the tiny base their places, and editions their steps."""
    for city, (latitude, longitude) in (PLACES | places).items():
        text = (base.folder / "cities.yaml").read_text("utf-8")
        head, name, rest = text.partition(f"  {city}:\n")
        before, citations, after = rest.partition("    citations:\n")
        place = f"    latitude: {latitude}\n    longitude: {longitude}\n"
        (base.folder / "cities.yaml").write_text(f"{head}{name}{before}{place}{citations}{after}", "utf-8")
    base.add(STEPS, "steps.yaml")
    base.add(LABELS, "labels.yaml")
    return base
