"""A service with one online endpoint: its resources and its address, as Azure documents them."""

from collections.abc import Callable
from typing import Any

from tests.facade.scripted_server import ReceivedRequest, Reply, Server

NAME = "iris"


class ScoringService:
    """Answers for the endpoint `iris` with the deployments blue and green.

    Attributes:
        mode: how callers authenticate.
        credential: the key or token that the address accepts now.
        score: answers what was authenticated.
        address: path of the address.
    """

    def __init__(self, server: Server, mode: str = "Key") -> None:
        self.mode = mode
        self.credential = "key-1"
        self.address = "/score"
        self.url = server.url
        self.traffic = {"blue": 100}
        self.expiry: dict[str, int] = {}
        self.score: Callable[[ReceivedRequest], Reply] = lambda request: Reply(body=request.json)
        server.script = self.answer
        self._server = server

    def answer(self, request: ReceivedRequest) -> Reply:
        path = request.path.partition("?")[0]
        if "/subscriptions/" not in path:
            return self._score(request)
        action = path.rpartition("/")[2]
        endpoint = {
            "id": path,
            "name": NAME,
            "location": "here",
            "properties": {
                "authMode": self.mode,
                "scoringUri": self.url + self.address,
                "traffic": self.traffic,
            },
        }
        answers: dict[str, Any] = {
            "listKeys": {"primaryKey": self.credential, "secondaryKey": "second"},
            "token": {"accessToken": self.credential, "tokenType": "Bearer", **self.expiry},
            "onlineEndpoints": {"value": [endpoint]},
            "deployments": {"value": [{"id": f"{path}/{d}", "name": d} for d in ("blue", "green")]},
            NAME: endpoint,
        }
        if action not in answers or (f"/{NAME}" not in path and action != "onlineEndpoints"):
            return Reply(404, {"error": {"code": "NotFound", "message": "no such endpoint"}})
        return Reply(body=answers[action])

    def _score(self, request: ReceivedRequest) -> Reply:
        if request.path != self.address:
            return Reply(404)
        if request.headers.get("authorization") != f"Bearer {self.credential}":
            return Reply(401, {"error": {"code": "key_auth_access_denied"}})
        if request.headers.get("azureml-model-deployment") not in (None, "blue", "green"):
            return Reply(404, b"No valid deployments to route to.", {"x-ms-request-id": "r-404"})
        return self.score(request)

    @property
    def scored(self) -> list[ReceivedRequest]:
        """The requests to the address."""
        return [each for each in self._server.requests if "/subscriptions/" not in each.path]

    @property
    def managed(self) -> list[str]:
        """The last parts of the paths of the other requests."""
        paths = (each.path.partition("?")[0] for each in self._server.requests)
        return [path.rpartition("/")[2] for path in paths if "/subscriptions/" in path]
