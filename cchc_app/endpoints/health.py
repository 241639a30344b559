"""For the watchers of the service: alive, ready, figures."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from cchc_app import routes
from cchc_app.data.migrations import SchemaState
from cchc_app.services.health import schema
from cchc_app.services.runner import in_thread

router = APIRouter()
UNAVAILABLE = 503


@router.get(routes.ALIVE)
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get(routes.READY)
async def ready(response: Response) -> dict[str, str]:
    """The database answers and has this code's schema; 503 with the reason otherwise."""
    try:
        state = await in_thread(schema)
    except SQLAlchemyError:
        response.status_code = UNAVAILABLE
        return {"status": "waiting", "database": "unreachable"}
    if state is SchemaState.CURRENT:
        return {"status": "ready"}
    response.status_code = UNAVAILABLE
    return {"status": "waiting", "database": state}


@router.get(routes.METRICS, include_in_schema=False)
async def metrics() -> Response:
    """Figures of this process in the text format of Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
