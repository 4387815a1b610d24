"""Draw the outcome from a campaign's polls with a sampler: runs in a venv of its own.

Reads the polls and constants as JSON on standard input (see agree.py), writes the mean,
the standard deviation and their Monte Carlo errors as JSON. The model is written the long
way round, every step of opinion and every house a parameter, so that it shares no algebra
with the closed form.
"""

import json
import sys
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from numpyro.diagnostics import effective_sample_size
from numpyro.infer import MCMC, NUTS

WARM, DRAWS, CHAINS = 1_000, 4_000, 4


def model(polls: list[dict[str, Any]], constants: dict[str, float]) -> None:
    """Say how polls come about; `outcome` is the yes share of the vote."""
    known = sorted({0, *(poll["days"] for poll in polls)})
    where = {day: n for n, day in enumerate(known)}
    days = jnp.array(known, dtype=float)
    houses = sorted({poll["house"] for poll in polls})
    outcome = numpyro.sample("outcome", dist.Normal(50.0, 1_000.0))
    shared = numpyro.sample("shared", dist.Normal(0.0, 1.0)) * constants["shared"]
    steps = numpyro.sample("steps", dist.Normal(0.0, 1.0).expand([len(days) - 1]))
    walked = jnp.concatenate(
        [jnp.zeros(1), jnp.cumsum(steps * constants["step"] * jnp.sqrt(jnp.diff(days)))]
    )
    lean = numpyro.sample("lean", dist.Normal(0.0, 1.0).expand([len(houses)]))
    at = jnp.array([where[poll["days"]] for poll in polls])
    whose = jnp.array([houses.index(poll["house"]) for poll in polls])
    left = jnp.minimum(jnp.array([poll["days"] for poll in polls]), 120) / 30
    level = (
        outcome
        + shared
        + walked[at]
        + constants["house"] * lean[whose]
        + constants["over"]
        + constants["month"] * left
    )
    noise = jnp.sqrt(
        jnp.array([poll["sampling"] for poll in polls]) + constants["within"] ** 2
    )
    seen = jnp.array([poll["share"] for poll in polls])
    numpyro.sample("seen", dist.Normal(level, noise), obs=seen)


def main() -> None:
    """Sample, and tell."""
    asked = json.load(sys.stdin)
    numpyro.enable_x64()
    chains = MCMC(
        NUTS(partial(model, asked["polls"], asked["constants"])),
        num_warmup=WARM,
        num_samples=DRAWS,
        num_chains=CHAINS,
        chain_method="sequential",
        progress_bar=False,
    )
    chains.run(jax.random.PRNGKey(7))
    drawn = chains.get_samples(group_by_chain=True)["outcome"]
    many = float(effective_sample_size(jax.device_get(drawn)))
    spread = float(drawn.std())
    told = {
        "mean": float(drawn.mean()),
        "error": spread,
        "mean_mc": spread / many**0.5,
        "error_mc": spread / (2 * many) ** 0.5,
        "effective": many,
        "numpyro": numpyro.__version__,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
