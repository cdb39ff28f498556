from bot.telemetry import Telemetry


def test_counts_durations_and_depths_as_text() -> None:
    telemetry = Telemetry()
    telemetry.watch({"answers": lambda: 3})
    telemetry.count("answers", "answered")
    telemetry.count("answers", "answered")
    telemetry.count("answers", "failed")
    telemetry.took(0.02)
    telemetry.took(7.0)
    lines = telemetry.text().splitlines()
    assert 'latido_answers_total{outcome="answered"} 2' in lines
    assert 'latido_answers_total{outcome="failed"} 1' in lines
    assert lines.count("# TYPE latido_answers_total counter") == 1
    assert 'latido_answer_seconds_bucket{le="0.01"} 0' in lines
    assert 'latido_answer_seconds_bucket{le="0.025"} 1' in lines
    assert 'latido_answer_seconds_bucket{le="5.0"} 1' in lines
    assert 'latido_answer_seconds_bucket{le="+Inf"} 2' in lines
    assert "latido_answer_seconds_count 2" in lines
    assert 'latido_queue_depth{queue="answers"} 3' in lines
