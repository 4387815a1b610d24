#!/bin/sh
# Sets plebiscite up in a folder of its own: sh tools/setup.sh VENV REQUIREMENTS
# Installs nothing outside that folder, but for what Debian has and we lack, where we
# are root: python3-venv, cargo for the kernel (not needed: there is a reference), and
# for tests Chromium and PostgreSQL (not needed: their tests are skipped by name).
set -eu

venv=$1
requirements=$2
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "plebiscite needs Python 3.11 or newer; '$python' is" \
        "$("$python" --version 2>&1 || echo missing)." >&2
    echo "On Debian 12 or newer: apt-get install python3 python3-venv. Elsewhere:" \
        "make PYTHON=/path/to/python3.11" >&2
    exit 2
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's python3-venv, which '$python' lacks."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    else
        echo "Python's venv module is missing; as root: apt-get install python3-venv" >&2
        exit 2
    fi
fi

if ! command -v cargo >/dev/null && [ "${PLEBISCITE_KERNEL:-}" != no ] &&
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v timeout >/dev/null
then
    echo "Installing Debian's cargo-web and rustc-web for the kernel (100 MB; skipped if" \
        "the download takes over three minutes, or with PLEBISCITE_KERNEL=no)."
    get="apt-get install -y -qq --no-install-recommends cargo-web rustc-web gcc libc6-dev"
    export DEBIAN_FRONTEND=noninteractive
    # The limit is on the download: an installation is not to be torn off.
    { timeout 60 apt-get update -qq && timeout 180 $get --download-only && $get; } \
        >/dev/null 2>&1 || echo "That did not work; set-up goes on without." >&2
fi

# What the tests of the site run in. Whoever sets up to use the program needs neither.
wanted=
case $requirements in
*-dev.lock)
    command -v chromium >/dev/null || wanted=chromium
    [ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] ||
        wanted="$wanted postgresql"
    ;;
esac
if [ -n "$wanted" ] && [ "${PLEBISCITE_TEST_SYSTEM:-}" != no ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v timeout >/dev/null
    then
        echo "Installing Debian's $wanted for the tests of the site (about 450 MB; skipped" \
            "if the download takes over four minutes, or with PLEBISCITE_TEST_SYSTEM=no)."
        export DEBIAN_FRONTEND=noninteractive
        get="apt-get install -y -qq --no-install-recommends $wanted"
        { timeout 60 apt-get update -qq && timeout 240 $get --download-only && $get; } \
            >/dev/null 2>&1 || echo "That did not work; tests of the site are skipped." >&2
    else
        echo "Without Debian's$(printf ' %s' $wanted) the tests of the site are skipped." >&2
    fi
fi

count=$(grep -c '==' "$requirements")
echo "Setting up in $venv: up to $count Python packages, pinned and hashed in" \
    "$requirements (about 700 MB, half a minute to a few minutes)."
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --require-hashes --requirement "$requirements"
PLEBISCITE_KERNEL=later "$venv/bin/python" -m pip install --quiet \
    --disable-pip-version-check --no-build-isolation --no-deps --editable .
"$venv/bin/python" tools/backend_kernel.py
case $requirements in *-dev.lock) sh tools/setup_spark.sh "$venv" ;; esac
case $requirements in *-dev.lock) sh tools/setup_verapdf.sh "$venv" ;; esac
case $requirements in *-dev.lock) sh tools/setup_fonts.sh hands ;; *) sh tools/setup_fonts.sh ;; esac
touch "$venv/.ready"
case $requirements in *-dev.lock) touch "$venv/.ready-dev" ;; esac
echo "Ready: $venv/bin/plebiscite"
