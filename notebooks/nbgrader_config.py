"""nbgrader for these notebooks, whose cells are TypeScript. See INSTRUCTORS.md.

Copy this file into the course's folder, or say --config with its path.
"""

import os
import time

from nbgrader.preprocessors import Execute

c = get_config()  # noqa: F821 (nbgrader defines it)

# A wrong answer is then an error, which is what nbgrader counts.
os.environ["FACELAB_GRADING"] = "1"

# What a student finds in place of a solution; `npm run notebooks -- --save` writes the same.
c.ClearSolutions.code_stub = {"typescript": "// your code\nconst answer = undefined;"}
c.ClearSolutions.begin_solution_delimeter = "BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "END SOLUTION"

# A cell may take a minute.
c.Execute.timeout = 60


_on_cell_executed = Execute.on_cell_executed


def on_cell_executed(self, **kwargs):
    """tslab says that a cell failed, but not how, which nbgrader asks for; and for 200 ms it refuses what comes next.

    A check that was refused has no error, and would count as passed.
    """
    content = kwargs["execute_reply"]["content"]
    if content["status"] == "error":
        said = [output.text for output in kwargs["cell"].outputs if output.get("name") == "stderr"]
        content.setdefault("ename", "Error")
        content.setdefault("evalue", "".join(said).strip().split("\n")[0])
        content.setdefault("traceback", said)
        time.sleep(1)
    return _on_cell_executed(self, **kwargs)


Execute.on_cell_executed = on_cell_executed
