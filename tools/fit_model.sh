#!/bin/sh
# Makes src/plebiscite/match/model.json anew, on simulated truth (half a minute): make model.
# The same program gives the same model; a changed simulation or matcher changes it.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
plebiscite="$here/.venv/bin/plebiscite"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$plebiscite" simulate roll --voters 1000000 --seed 1 --out roll.parquet
"$plebiscite" simulate petition --roll roll.parquet --lines 40000 --seed 99 --out petition
"$plebiscite" match fit --afresh --truth petition/truth.csv \
    --lines petition/lines.csv --roll roll.parquet --out model.json
cp model.json "$here/src/plebiscite/match/model.json"
