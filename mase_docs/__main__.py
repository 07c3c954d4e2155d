"""`python -m mase_docs` does what `mase-docs` does."""

from mase_docs.cli import main

if __name__ == "__main__":
    main()
