"""The version of the product, as pyproject.toml says it."""

import tomllib

from config.env import ROOT

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
