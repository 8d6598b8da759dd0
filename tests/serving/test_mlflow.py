"""An MLflow model without a scoring script, compared with the model itself."""

from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm import Arm
from tests.serving.deployed import Endpoint, make_endpoint

pytestmark = pytest.mark.slow

ROWS = (0, 60, 120)


@pytest.fixture(scope="module")
def iris() -> Any:
    """The features and classes of the Iris data."""
    from sklearn.datasets import load_iris

    return load_iris(return_X_y=True, as_frame=True)


@pytest.fixture(scope="module")
def classifier(iris: Any) -> Any:
    """A classifier of Iris."""
    from sklearn.linear_model import LogisticRegression

    features, classes = iris
    return LogisticRegression(max_iter=500).fit(features, classes)


@pytest.fixture(scope="module")
def deployed(
    serving: Arm, classifier: Any, iris: Any, tmp_path_factory: pytest.TempPathFactory
) -> Endpoint:
    """An endpoint of the classifier, and of one without a signature in a folder of its model."""
    import mlflow.sklearn

    folder = tmp_path_factory.mktemp("iris")
    features, _ = iris
    mlflow.sklearn.save_model(classifier, str(folder / "signed"), input_example=features.head(2))
    mlflow.sklearn.save_model(classifier, str(folder / "outer/model"))
    endpoint = make_endpoint(serving, folder)
    started = [
        endpoint.put(name, model=endpoint.model(folder / place))
        for name, place in (("signed", "signed"), ("bare", "outer"))
    ]
    assert [endpoint.ended(each)["status"] for each in started] == ["Succeeded", "Succeeded"]
    endpoint.direct(signed=100)
    return endpoint


def test_every_form_of_input_gives_the_predictions_of_the_model(
    deployed: Endpoint, classifier: Any, iris: Any
) -> None:
    rows = iris[0].iloc[list(ROWS)]
    expected = classifier.predict(rows).tolist()
    table = rows.to_dict(orient="split")
    forms: dict[str, Any] = {
        "table": {"input_data": table},
        "without index": {"input_data": {key: table[key] for key in ("columns", "data")}},
        "table without columns": {"input_data": {"data": table["data"]}},
        "records": {"input_data": rows.to_dict(orient="records")},
        "rows": {"input_data": table["data"]},
        "columns": {"input_data": rows.to_dict(orient="list")},
        "dataframe_split": {"dataframe_split": table},
        "dataframe_records": {"dataframe_records": rows.to_dict(orient="records")},
        "instances": {"instances": rows.to_dict(orient="records")},
        "inputs": {"inputs": rows.to_dict(orient="list")},
    }
    found = {name: deployed.score(body) for name, body in forms.items()}
    assert {name: answer.status_code for name, answer in found.items()} == dict.fromkeys(forms, 200)
    assert {name: answer.json() for name, answer in found.items()} == dict.fromkeys(forms, expected)


def test_a_model_without_a_signature_takes_rows(
    deployed: Endpoint, classifier: Any, iris: Any
) -> None:
    rows = iris[0].iloc[list(ROWS)]
    answer = deployed.score({"input_data": rows.to_numpy().tolist()}, to="bare")
    assert answer.json() == classifier.predict(rows).tolist()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"rows": []}, "give one of input_data"),
        ({"input_data": {}, "inputs": {}}, "found: input_data, inputs"),
        ([1, 2], "must be a JSON object"),
        ({"input_data": 1}, "must be an object or a list"),
        ({"input_data": {"columns": ["a"], "data": [[1.0]]}}, "sepal"),
        ({"input_data": {"columns": ["a"], "data": [[1.0, 2.0]]}}, "columns"),
    ],
)
def test_input_that_cannot_be_read_is_refused_with_the_reason(
    body: Any, said: str, deployed: Endpoint
) -> None:
    answer = deployed.score(body)
    assert answer.status_code == 424
    assert answer.headers["ms-azureml-model-error-statuscode"] == "400"
    assert said in answer.json()["message"]


def test_a_model_that_cannot_be_loaded_fails_with_its_reason(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/MLmodel").write_text("flavors: {}\n")
    ended = endpoint.deploy("blue", model=endpoint.model(tmp_path / "broken"))
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "ResourceNotReady")
    assert "python_function" in ended["error"]["message"]
