"""Write iris.csv from the copy of the Iris table that scikit-learn ships."""

import argparse
from pathlib import Path

from sklearn.datasets import load_iris


def write_iris(path: Path) -> None:
    """Write 150 rows: four measurements in centimetres and the species name."""
    iris = load_iris(as_frame=True)
    table = iris.data.rename(columns=lambda name: name.removesuffix(" (cm)").replace(" ", "_"))
    table["species"] = iris.target.map(dict(enumerate(iris.target_names)))
    table.to_csv(path, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).with_name("iris.csv")
    parser.add_argument("--output", type=Path, default=default, help=f"default: {default.name}")
    target = parser.parse_args().output
    write_iris(target)
    print(f"wrote {target}")
