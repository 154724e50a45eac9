"""Each class of work has its own process, and all of them fit into what PostgreSQL allows."""

from marketplace.kernel.broker import JOBS, QUEUES
from marketplace.worker import FETCHES_FILES, THREADS, connections

ALLOWED = 100 - 3  # PostgreSQL's default, less what it keeps for the administrator


def test_all_processes_of_one_machine_fit_into_the_servers_connections():
    assert connections(web_processes=2, pool_size=8) <= ALLOWED


def test_every_queue_is_drained_by_exactly_one_class_of_worker():
    import marketplace.reactions  # noqa: F401  (declares every job)

    drained = [queue for queues in QUEUES.values() for queue in queues]
    assert sorted(drained) == sorted({job.queue for job in JOBS.values()})
    assert THREADS.keys() == QUEUES.keys()


def test_every_class_of_worker_can_be_started_by_its_name():
    from marketplace.cli import worker

    [kind] = worker.params
    assert set(kind.type.choices) == set(QUEUES)
    assert set(FETCHES_FILES) < set(QUEUES)


def test_whoever_works_on_a_mapping_does_not_wait_for_a_long_sync():
    import marketplace.reactions  # noqa: F401

    class_of = {queue: kind for kind, queues in QUEUES.items() for queue in queues}
    sync, probe, trial = (class_of[JOBS[f"sourcing.{name}"].queue] for name in ("sync", "probe", "try_out"))
    assert sync not in (probe, trial)
