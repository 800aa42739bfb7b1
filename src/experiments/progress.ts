import { SingleBar } from "cli-progress";

/** A progress bar with rate and time left on a terminal; elsewhere, as in a log, nothing. */
export function progressBar(unit: string): {
  update: (done: number, total: number) => void;
  stop: () => void;
} {
  const started = performance.now();
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${unit} | {rate} ${unit}/s | {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let running = false;
  return {
    update(done, total) {
      const rate = ((1000 * done) / (performance.now() - started)).toFixed(1);
      if (!running) bar.start(total, done, { rate });
      running = true;
      bar.update(done, { rate });
    },
    stop: () => bar.stop(),
  };
}
