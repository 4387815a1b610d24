#!/bin/sh
# Adds Spark to a set-up folder, for its tests: sh tools/setup_spark.sh VENV
# Needs Java 17 or newer; where we are root on Debian, it is installed. Without Spark
# everything else works and tests/spark is skipped, so nothing here ever fails a set-up.
# PLEBISCITE_SPARK=no leaves it all out.
set -u

venv=$1
[ "${PLEBISCITE_SPARK:-}" != no ] || exit 0

java_version() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 |
        sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

version=$(java_version)
if [ "${version:-0}" -lt 17 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
    command -v timeout >/dev/null
then
    echo "Installing Debian's openjdk-17-jre-headless for Spark (200 MB; skipped if the" \
        "download takes over four minutes, or with PLEBISCITE_SPARK=no)."
    get="apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless"
    export DEBIAN_FRONTEND=noninteractive
    # The limit is on the download: an installation is not to be torn off.
    { timeout 60 apt-get update -qq && timeout 240 $get --download-only && $get; } \
        >/dev/null 2>&1 || echo "That did not work; set-up goes on without." >&2
    version=$(java_version)
fi
if [ "${version:-0}" -lt 17 ]; then
    echo "No Java 17 or newer here: Spark is left out, and tests/spark is skipped."
    exit 0
fi

echo "Adding Spark for Java $version: pinned and hashed in requirements-spark.lock" \
    "(another 800 MB on disk)."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --require-hashes --requirement requirements-spark.lock ||
    echo "That did not work; tests/spark is skipped." >&2
exit 0
