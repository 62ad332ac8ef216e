"""OpenVINO without its telemetry: by itself it reports each import to Google Analytics, with no question asked.

There is no setting against it but a file in the home folder, which a container's account may not have.
"""

import sys
from typing import Any


def import_openvino() -> Any:
    """The package `openvino`; what is imported of it elsewhere has to come after."""
    if "openvino" not in sys.modules:
        # None: an import of the package fails, and OpenVINO takes the stub that it has for that.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino  # type: ignore[import-untyped]

    return openvino
