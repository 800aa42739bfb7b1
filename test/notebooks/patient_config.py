"""nbconvert for tests that go on after an error: for 200 ms after one tslab refuses what comes next."""

import time

c = get_config()  # noqa: F821 (nbconvert defines it)


def wait_for_kernel(**_):
    time.sleep(1)


c.ExecutePreprocessor.allow_errors = True
c.ExecutePreprocessor.on_cell_error = wait_for_kernel
