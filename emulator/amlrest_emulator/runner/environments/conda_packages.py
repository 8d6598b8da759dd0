"""Names of conda packages on PyPI.

A name is taken from PyPI only if it is in these tables: under any other name PyPI may have nothing,
or something else (conda's ``graphviz`` is the program, PyPI's is a Python package).
"""

from __future__ import annotations

import re

_OTHER_NAMES = {
    "black-jupyter": "black",
    "brotli-python": "brotli",
    "dask-core": "dask",
    "docker-py": "docker",
    "faiss": "faiss-cpu",
    "h3-py": "h3",
    "matplotlib-base": "matplotlib",
    "msgpack-python": "msgpack",
    "numpy-base": "numpy",
    "opencv": "opencv-python-headless",
    "psycopg2": "psycopg2-binary",
    "py-opencv": "opencv-python-headless",
    "py-xgboost": "xgboost",
    "py-xgboost-cpu": "xgboost",
    "pyarrow-core": "pyarrow",
    "pyqt": "pyqt5",
    "pytables": "tables",
    "python-blosc": "blosc",
    "python-flatbuffers": "flatbuffers",
    "python-graphviz": "graphviz",
    "python-kaleido": "kaleido",
    "python-lmdb": "lmdb",
    "python-tzdata": "tzdata",
    "python-xxhash": "xxhash",
    "python-zstd": "zstd",
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "ray-core": "ray",
    "ray-default": "ray[default]",
    "ray-rllib": "ray[rllib]",
    "ray-serve": "ray[serve]",
    "ray-tune": "ray[tune]",
    "redis-py": "redis",
    "seaborn-base": "seaborn",
    "tensorflow-base": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "torchvision-cpu": "torchvision",
    "uvicorn-standard": "uvicorn[standard]",
}

# The same on PyPI.
_SAME_NAMES = """
    absl-py accelerate adal adlfs aiobotocore aiofiles aiohttp aiosignal albumentations alembic
    altair anyio apache-airflow argcomplete arrow astropy asttokens astunparse async-timeout
    asyncpg attrs autogluon-core autograd azure-ai-ml azure-common azure-core azure-identity
    azure-keyvault-secrets azure-storage-blob azure-storage-file-datalake azureml-core
    azureml-dataset-runtime azureml-defaults azureml-mlflow azureml-sdk backcall bcolz
    beautifulsoup4 bitsandbytes black bokeh boto3 botocore bottleneck brotlipy cached-property
    cachetools catboost category-encoders causalml cdsapi certifi cffi cftime chardet
    charset-normalizer click cloudpickle colorama colorlog conda-lock configargparse contourpy
    coremltools coverage cryptography cvxopt cvxpy cycler cython cytoolz dash dask dask-ml
    dask-xgboost databricks-cli databricks-sdk dataclasses datasets datashader debugpy decorator
    deepdiff deepspeed diffusers dill distributed django docutils dvc econml einops emcee evaluate
    exceptiongroup executing fairlearn faiss-cpu fastai fastapi fastcore fasteners fastparquet
    fasttext featuretools filelock fiona flake8 flask flask-cors flask-sqlalchemy flax fonttools
    frozenlist fsspec ftfy future gast gcsfs gdown gensim geopandas geopy gitpython gluonts gmpy2
    google-auth google-cloud-bigquery google-cloud-storage google-pasta gpytorch graphene
    graphql-core greenlet grpcio gunicorn gym gymnasium h5netcdf h5py hdbscan heapdict holidays
    holoviews horovod html5lib httpx huggingface-hub hvplot hydra-core hyperopt hypothesis idna
    imageio imbalanced-learn imgaug iminuit implicit importlib-metadata importlib-resources
    iniconfig intake interpret interpret-core invoke ipykernel ipython ipywidgets isodate isort
    itsdangerous jax jaxlib jedi jinja2 jmespath joblib json5 jsonlines jsonpickle jsonschema
    jupyter jupyter-client jupyter-core jupyterlab kedro keras keras-preprocessing kiwisolver
    kornia kubernetes langchain langdetect lifelines lightfm lightgbm lightning
    lightning-utilities lime llvmlite locket loguru lxml lz4 mako mapie markdown markdown-it-py
    markupsafe marshmallow matplotlib matplotlib-inline mdurl ml-dtypes mlflow mlflow-skinny
    mlxtend mock monai more-itertools mpi4py mpmath msal msgpack msrest multidict multiprocess
    munkres mypy natsort nbconvert nbformat neptune-client netcdf4 networkx ngboost nltk notebook
    numba numcodecs numexpr numpy numpyro oauthlib omegaconf onnx onnxconverter-common onnxmltools
    onnxruntime openai opencv-python-headless openpyxl opentelemetry-api opentelemetry-sdk
    opt-einsum optree optuna orjson packaging pandas pandas-profiling pandera papermill paramiko
    parso partd pathspec patsy peft pexpect phik pickleshare pillow pip pip-tools platformdirs
    plotly plotnine pluggy ply polars portalocker pre-commit prefect prettytable prometheus-client
    prompt-toolkit prophet protobuf psutil psycopg2-binary ptpython ptyprocess pure-eval pyarrow
    pyasn1 pyasn1-modules pycaret pycocotools pycparser pycryptodome pydantic pydicom pydot
    pygments pyjwt pylint pymc pymc3 pymongo pymysql pynndescent pyodbc pyomo pyopenssl pyparsing
    pyproj pyro-ppl pysocks pyspark pytest pytest-cov python-dateutil python-dotenv python-igraph
    python-json-logger python-multipart python-slugify python-snappy pytorch-lightning
    pytorch-metric-learning pytorch-tabnet pytz pywavelets pyyaml pyzmq querystring-parser
    raiutils raiwidgets rapidfuzz rasterio ray regex requests requests-oauthlib responsibleai rich
    rouge-score rsa rtree ruamel.yaml ruff s3fs sacrebleu sacremoses safetensors scikeras
    scikit-image scikit-learn scikit-optimize scikit-plot scipy sdv seaborn sentence-transformers
    sentencepiece seqeval setuptools shap shapely simpleitk six skl2onnx sktime slicer sniffio
    snowflake-connector-python sortedcontainers spacy sparse sphinx sqlalchemy sqlparse
    stable-baselines3 stack-data starlette statsforecast statsmodels streamlit sympy tables
    tabulate tblib tenacity tensorboard tensorboardx tensorflow tensorflow-datasets tensorflow-hub
    tensorflow-probability termcolor textblob tf2onnx threadpoolctl tifffile tiktoken timm
    tokenizers toml tomli toolz torch torchaudio torchdata torchmetrics torchtext torchvision
    tornado tqdm traitlets transformers treelite trimesh tsfresh typeguard typer typing-extensions
    tzlocal ujson umap-learn unidecode urllib3 uvicorn visdom wandb wcwidth websocket-client
    websockets werkzeug wheel whoosh widgetsnbextension wordcloud wrapt xarray xgboost xlrd
    xlsxwriter xlwt yapf yarl ydata-profiling yellowbrick zarr zict zipp zstandard
"""

# What Python itself or the wheels on PyPI bring, as `conda env export` lists it.
_BUNDLED_NAMES = """
    -libgcc-mutex -openmp-mutex blas bzip2 c-ares ca-certificates cpuonly freetype icu intel-openmp
    jpeg krb5 lcms2 ld-impl-linux-64 lerc libblas libcblas libdeflate libedit libexpat libffi
    libgcc libgcc-ng libgfortran libgfortran-ng libgfortran4 libgfortran5 libgomp liblapack libnsl
    libopenblas libpng libsqlite libssh2 libstdcxx libstdcxx-ng libtiff libuuid libwebp
    libwebp-base libxcrypt libzlib llvm-openmp lz4-c mkl mkl-fft mkl-random mkl-service ncurses
    nomkl openblas openjpeg openssl python-abi readline sqlite tk tzdata xz zlib zstd
"""


def normalized(name: str) -> str:
    """Return a name in the spelling of the tables."""
    return re.sub(r"[-_.]+", "-", name).lower()


_BUNDLED = frozenset(_BUNDLED_NAMES.split())
_TABLE = {normalized(name): name for name in _SAME_NAMES.split()}
_TABLE |= {normalized(name): other for name, other in _OTHER_NAMES.items()}


def pypi_name(name: str) -> str | None:
    """Return the name on PyPI of a conda package, or None if it is not known."""
    return _TABLE.get(normalized(name))


def is_bundled(name: str) -> bool:
    """Return whether Python itself, or the wheels on PyPI, bring what the package has."""
    return normalized(name) in _BUNDLED
