"""Measured data: the numbers that are known of them, and how rows are taken."""

import numpy as np
import pytest

from nnlab.engine.menus.datasets import DATASETS, make_dataset
from nnlab.engine.menus.tables import FOLDER

TABLES = {name: entry.table for name, entry in DATASETS.items() if entry.table is not None}


def by_class(name):
    rows = TABLES[name].rows()
    return [rows[rows[:, 2] == label, :2] for label in range(3)]


def test_petals_are_fishers():
    """150 flowers, 50 of each species; means as in every textbook."""
    assert [len(rows) for rows in by_class("iris")] == [50, 50, 50]
    means = np.array([rows.mean(axis=0) for rows in by_class("iris")])
    np.testing.assert_allclose(means, [[1.462, 0.246], [4.260, 1.326], [5.552, 2.026]], atol=5e-4)
    np.testing.assert_allclose(TABLES["iris"].rows()[:, :2].std(axis=0, ddof=1), [1.7653, 0.7622], atol=1e-4)


def test_bills_are_the_palmer_penguins():
    """344 birds, of two of which the bill was not measured."""
    assert [len(rows) for rows in by_class("penguins")] == [151, 68, 123]
    means = np.array([rows.mean(axis=0) for rows in by_class("penguins")])
    np.testing.assert_allclose(means, [[38.79, 18.35], [48.83, 18.42], [47.50, 14.98]], atol=0.01)
    np.testing.assert_allclose(TABLES["penguins"].rows()[:, :2].mean(axis=0), [43.92193, 17.15117], atol=1e-5)


def test_carbon_dioxide_rises_as_it_did_over_mauna_loa():
    """Yearly means of NOAA, which measures at the same place: 368.5, 369.7 and 371.3 ppm; the season makes 5 to 7."""
    rows = TABLES["carbon_dioxide"].rows()
    assert len(rows) == 157
    assert (np.diff(rows[:, 0]) > 0.018).all()
    years = [rows[np.floor(rows[:, 0]) == year, 1] for year in (1999, 2000, 2001)]
    np.testing.assert_allclose([year.mean() for year in years], [-1.5, -0.3, 1.3], atol=0.5)
    assert all(5 < np.ptp(year) < 8 for year in years)


def test_the_sea_is_warmest_in_the_two_great_years_of_el_nino():
    rows = TABLES["sea_temperature"].rows()
    assert rows.shape == (61 * 12, 3)
    table = rows[:, 2].reshape(61, 12)
    assert (rows[:, 0].reshape(61, 12) == np.arange(1, 13)).all()
    warmest = 1950 + np.argsort(table[:, :8].mean(axis=1))[-2:]
    assert set(warmest) == {1983, 1998}
    assert table.mean(axis=0).argmax() == 2, "March"
    assert -1 < table.min() < -0.9
    assert 0.9 < table.max() < 1


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_whose_it_is_and_stays_small(name):
    assert TABLES[name].source
    assert TABLES[name].license in ("CC0", "CC BY 4.0", "Public domain")
    assert (FOLDER / TABLES[name].file).stat().st_size < 10_000


@pytest.mark.parametrize("name", TABLES)
def test_fewer_points_are_rows_chosen_by_the_seed(name):
    rows = set(map(tuple, TABLES[name].rows()))
    classes = DATASETS[name].min_classes
    one, same, other = (make_dataset(name, points=40, seed=seed, classes=classes, noise=0.5) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.coordinates, same.coordinates)
    assert (one.coordinates != other.coordinates).any()
    assert {(x, y, target) if len(next(iter(rows))) == 3 else (x, y) for (x, y), target in
            zip(one.coordinates, one.targets, strict=True)} <= rows  # fmt: skip
    assert len(make_dataset(name, points=2000, classes=classes).targets) == len(TABLES[name].rows())
