"""The client that openapi-generator makes for Python against our API: it checks each value that it reads."""

import os
import uuid

from polyphony_client import ApiClient, Configuration, HistoryApi, OrchestratorApi, OrchestratorTrigger
from polyphony_client.exceptions import NotFoundException

request_id = str(uuid.uuid4())
configuration = Configuration(host=os.environ["BASE_URL"], api_key={"api_key": os.environ["API_KEY"]})

with ApiClient(configuration, "X-Request-ID", request_id) as client:
    orchestrator = OrchestratorApi(client)
    history = HistoryApi(client)

    accepted = orchestrator.trigger_orchestrator(
        OrchestratorTrigger(
            orchestration_mode="documentation_update", input="# Harbour guide\n\nThe pier is 120 metres long.\n"
        )
    )
    assert accepted.status == "triggered", accepted
    print("ok triggers a run")

    run = orchestrator.get_orchestrator_status(accepted.workflow_id)
    assert run.workflow_id == accepted.workflow_id, run
    print("ok reads its status")

    page = history.list_events(correlation_id=request_id, limit=1000)
    assert all(event.correlation_id == request_id for event in page.items), page
    started = [event for event in page.items if event.type == "workflow.started"]
    assert [event.aggregate_id for event in started] == [accepted.workflow_id], page
    print("ok reads the events of the request")

    first = history.list_events(limit=1)
    second = history.list_events(limit=1, cursor=first.next_cursor)
    assert second.items[0].position < first.items[0].position, second
    print("ok turns pages")

    try:
        orchestrator.get_orchestrator_status(str(uuid.uuid4()))
        raise AssertionError("a run that nobody started has a status")
    except NotFoundException as refused:
        assert refused.status == 404, refused
    print("ok tells errors")
