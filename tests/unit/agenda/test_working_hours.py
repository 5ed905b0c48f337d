"""The documented shape of `sellers.working_hours`."""

import json

import pytest

from orchestrator_service.agenda.working_hours import WorkingHoursError, default_working_hours, parse_working_hours


def _message(raw: object) -> str:
    with pytest.raises(WorkingHoursError) as caught:
        parse_working_hours(raw)
    return str(caught.value)


def test_default_is_monday_to_friday_nine_to_six() -> None:
    day = [{"start": "09:00", "end": "18:00"}]
    assert default_working_hours().as_json() == {**{str(n): day for n in range(5)}, "5": [], "6": []}


def test_stored_shape_reads_back_equal() -> None:
    week = parse_working_hours({"0": [{"start": "22:00", "end": "24:00"}], "6": [{"start": "00:00", "end": "00:30"}]})
    assert parse_working_hours(json.loads(json.dumps(week.as_json()))) == week
    assert json.loads(week.model_dump_json()) == week.as_json()


def test_ranges_are_put_in_order_of_time_and_may_touch() -> None:
    week = parse_working_hours({"2": [{"start": "12:00", "end": "24:00"}, {"start": "00:00", "end": "12:00"}]})
    assert [(one.start_minute, one.end_minute) for one in week.on(2)] == [(0, 720), (720, 1440)]


def test_missing_weekday_is_a_day_off() -> None:
    assert parse_working_hours({}).on(3) == ()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"7": []}, '"7" is not a weekday: the keys are "0" (Monday) to "6" (Sunday)'),
        ({9: []}, '"9" is not a weekday: the keys are "0" (Monday) to "6" (Sunday)'),
        ({"monday": []}, '"monday" is not a weekday: the keys are "0" (Monday) to "6" (Sunday)'),
        ([], 'working hours are an object with the keys "0" (Monday) to "6" (Sunday)'),
        (None, 'working hours are an object with the keys "0" (Monday) to "6" (Sunday)'),
        (
            {"0": [{"start": "10:00", "end": "09:00"}]},
            'Monday ("0"), range 1: the end 09:00 is not after the start 10:00',
        ),
        (
            {"0": [{"start": "10:00", "end": "10:00"}]},
            'Monday ("0"), range 1: the end 10:00 is not after the start 10:00',
        ),
        (
            {"4": [{"start": "09:00", "end": "12:00"}, {"start": "11:59", "end": "13:00"}]},
            'Friday ("4"): 09:00-12:00 and 11:59-13:00 overlap',
        ),
        ({"1": [{"start": "09:00"}]}, 'Tuesday ("1"), range 1, "end": Field required'),
        (
            {"1": [{"start": "09:00", "end": "10:00", "x": 1}]},
            'Tuesday ("1"), range 1, "x": Extra inputs are not permitted',
        ),
        ({"5": "09:00-10:00"}, 'Saturday ("5"): Input should be a valid tuple'),
    ],
)
def test_fault_is_named_with_day_range_and_reason(raw: object, sentence: str) -> None:
    assert _message(raw) == sentence


@pytest.mark.parametrize("clock", ["9:00", "24:00", "25:00", "09:60", "09:00:00", " 09:00", "09:00\n", "٠٩:00", ""])
def test_start_that_is_not_a_clock_time_is_refused(clock: str) -> None:
    assert "is not a time of the form HH:MM" in _message({"0": [{"start": clock, "end": "24:00"}]})


@pytest.mark.parametrize("clock", ["24:01", "24:30", "9:00"])
def test_end_that_is_not_a_clock_time_is_refused(clock: str) -> None:
    assert "is not a time of the form HH:MM" in _message({"0": [{"start": "00:00", "end": clock}]})


def test_number_is_no_clock_time() -> None:
    assert "valid string" in _message({"0": [{"start": 9, "end": "10:00"}]})


def test_every_fault_is_reported() -> None:
    message = _message({"7": [], "0": [{"start": "10:00", "end": "09:00"}]})
    assert message.count(";") == 1
    assert "Monday" in message
    assert '"7"' in message
