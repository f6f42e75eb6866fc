from tests.maps.clean_map import TODAY


def test_the_document_of_the_clean_map_raises_nothing(clean):
    found = clean.check(today=TODAY)
    assert list(found) == []
    assert found.coverage == 1


def test_its_measurements_raise_nothing(measured):
    assert list(measured.check(today=TODAY)) == []


def test_with_all_data_and_a_snapshot_nothing_is_raised(clean, measured, log, feedback):
    assert list(clean.check(log=log, feedback=feedback, today=TODAY, baseline=measured)) == []
    assert list(measured.check(log=log, feedback=feedback, today=TODAY, baseline=measured.measurements)) == []
