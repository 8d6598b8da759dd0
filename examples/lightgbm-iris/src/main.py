"""Train a LightGBM classifier on the Iris table, with everything logged by mlflow.autolog().

Run by hand: ``python prepare_data.py && python src/main.py --iris-csv iris.csv``.
"""

import argparse
import shutil
from pathlib import Path
from typing import Any

import lightgbm
import mlflow
import mlflow.lightgbm
import pandas as pd
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder

TARGET = "species"
MODEL = Path("outputs/model")


def parse_arguments() -> argparse.Namespace:
    """Read the hyperparameters; names match those of the documented sweep.

    Both spellings of a name are taken: a sweep sent over REST appends ``--learning_rate 0.1``,
    a YAML job writes ``--learning-rate {search_space.learning_rate}``.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--iris-csv", "--iris_csv", nargs="?", help="path; without it, scikit-learn's own copy"
    )
    parser.add_argument(
        "--num-boost-round", "--num_boost_round", "--num-iterations", "--num_iterations",
        type=int, default=10,
    )  # fmt: skip
    parser.add_argument("--boosting", choices=("gbdt", "dart"), default="gbdt")
    parser.add_argument("--num-leaves", "--num_leaves", type=int, default=31)
    parser.add_argument("--num-threads", "--num_threads", type=int, default=0)
    parser.add_argument("--learning-rate", "--learning_rate", type=float, default=0.1)
    parser.add_argument("--metric", default="multi_logloss")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--verbose", type=int, default=-1)
    return parser.parse_args()


def read_table(path: str | None) -> pd.DataFrame:
    """Return the Iris table.

    The documented sweep binds no input to its trials, so its command passes an empty path.
    """
    if path:
        return pd.read_csv(path)
    print("no --iris-csv: reading the copy that scikit-learn ships")
    return load_iris(as_frame=True).frame.rename(columns={"target": TARGET})


def read_iris(path: str | None, seed: int) -> list[Any]:
    """Return features for training and test, then their labels, from the column ``species``."""
    table = read_table(path)
    labels = LabelEncoder().fit_transform(table.pop(TARGET))
    split: list[Any] = train_test_split(
        table, labels, test_size=0.2, random_state=seed, stratify=labels
    )
    return split


def train_model(
    arguments: argparse.Namespace, train: lightgbm.Dataset, test: lightgbm.Dataset
) -> lightgbm.Booster:
    """Train with the given hyperparameters; autologging records parameters and metrics."""
    parameters = {
        "objective": "multiclass",
        "num_class": 3,
        "metric": arguments.metric,
        "boosting": arguments.boosting,
        "num_leaves": arguments.num_leaves,
        "num_threads": arguments.num_threads,
        "learning_rate": arguments.learning_rate,
        "seed": arguments.seed,
        "verbose": arguments.verbose,
    }
    return lightgbm.train(
        parameters,
        train,
        num_boost_round=arguments.num_boost_round,
        valid_sets=[test],
        valid_names=["test"],
    )


def save_model(booster: lightgbm.Booster, sample: pd.DataFrame) -> None:
    """Keep the model in ``outputs``, which Azure ML stores with the run, as MLflow deploys it."""
    shutil.rmtree(MODEL, ignore_errors=True)
    mlflow.lightgbm.save_model(
        booster,
        MODEL,
        signature=infer_signature(sample, booster.predict(sample)),
        # Else MLflow starts a second process to find them out, which takes longer than all of this.
        pip_requirements=[f"lightgbm=={lightgbm.__version__}"],
    )


def main() -> None:
    """Train, and keep the model."""
    arguments = parse_arguments()
    # LightGBM brings in scikit-learn, whose two hundred estimators would be wrapped for nothing.
    mlflow.autolog(log_models=False, exclude_flavors=["sklearn"])
    x_train, x_test, y_train, y_test = read_iris(arguments.iris_csv, arguments.seed)
    train = lightgbm.Dataset(x_train, label=y_train)
    test = lightgbm.Dataset(x_test, label=y_test, reference=train)
    save_model(train_model(arguments, train, test), x_test)


if __name__ == "__main__":
    main()
