import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "commander";
import { registerKernel } from "./notebooks/kernel-spec.js";
import { otherPython, ownPython } from "./notebooks/python.js";
import { inCheckout } from "./paths.js";

interface LabOptions {
  readonly python?: string;
  readonly open: boolean;
}

/** `facelab lab`: JupyterLab on the notebooks, with the TypeScript kernel. */
export function addLabCommand(program: Command): void {
  program
    .command("lab")
    .argument("[options...]", "for JupyterLab, such as --port 8899 --no-browser")
    .description("open the notebooks in JupyterLab; installs it into .venv where it is not there yet")
    .allowUnknownOption()
    .option("--python <file>", "a Python that has JupyterLab and plotly already, instead of .venv")
    .option("--no-open", "only prepare: for VS Code, or a JupyterLab that runs already")
    .action(async (further: string[], { python, open }: LabOptions) => {
      const jupyter = python === undefined ? await ownPython(console.log) : otherPython(python);
      await registerKernel(jupyter);
      if (!open) {
        console.log(`ready: the kernel "TypeScript" is registered in ${jupyter.prefix}`);
        return;
      }
      const lab = spawn(jupyter.executable, ["-m", "jupyterlab", inCheckout("notebooks"), ...further], {
        stdio: "inherit",
      });
      // Ctrl-C goes to JupyterLab as well, which asks first.
      process.on("SIGINT", () => {});
      const [code] = await once(lab, "exit");
      process.exitCode = code ?? 1;
    });
}
