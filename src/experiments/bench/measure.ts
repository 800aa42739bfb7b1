import { Bench } from "tinybench";

/** What was measured: one line of a table. */
export interface Measured {
  readonly name: string;
  /** Median, of one item. */
  readonly milliseconds: number;
}

/** Several ways to do the same, on the same data: their ratios mean something, their times are this machine's. */
export interface Comparison {
  readonly title: string;
  /** What one item is, e.g. `ms a face`. */
  readonly unit: string;
  /** The first is what the others are compared with. */
  readonly rows: readonly Measured[];
  /** What the reader should know. */
  readonly notes: readonly string[];
}

/**
 * The median time of a task (tinybench), after one run to warm up.
 * @param items done by one run of the task.
 */
export async function measure(name: string, items: number, task: () => Promise<unknown>): Promise<Measured> {
  const bench = new Bench({ time: 1500, iterations: 3, warmup: true, warmupTime: 0, warmupIterations: 1 });
  bench.add(name, async () => {
    await task();
  });
  const [done] = await bench.run();
  const result = done?.result;
  if (result === undefined || !("latency" in result)) throw new Error(`${name} was not measured`);
  return { name, milliseconds: result.latency.p50 / items };
}
