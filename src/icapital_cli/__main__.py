"""`python -m icapital_cli` is `icapital`."""

import sys

from icapital_cli.cli import main

sys.exit(main())
