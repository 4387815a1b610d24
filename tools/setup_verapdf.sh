#!/bin/sh
# Fetches veraPDF for development, which holds our PDFs to PDF/UA-1: sh
# tools/setup_verapdf.sh VENV. Needs Java 17 and Maven; without them, or without their
# repository, one test is skipped and set-up goes on.
venv=$1
if ls "$venv"/verapdf/*.jar >/dev/null 2>&1; then exit 0; fi
if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then exit 0; fi
echo "Fetching veraPDF (10 MB) to check the PDFs with."
mkdir -p "$venv/verapdf"
timeout 180 mvn -q -B -f tools/verapdf/pom.xml dependency:copy-dependencies \
    "-DoutputDirectory=$(cd "$venv" && pwd)/verapdf" >/dev/null 2>&1 ||
    { rm -f "$venv"/verapdf/*.jar; echo "That did not work; set-up goes on without."; }
exit 0
