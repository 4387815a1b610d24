"""`python -m prove`: see `prove.run`."""

from prove.run import main

if __name__ == "__main__":
    main()
