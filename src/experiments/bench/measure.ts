import { quantile } from "facelab";
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

/** Rounds of {@link measureBeside}: enough for a median. */
const ROUNDS = 25;

/**
 * A task that differs little from one that was measured: both run in turns, so that whatever else the machine does meets both alike. The
 * median of their ratios is told as a time beside the first.
 * @param first what was measured, and the task that it was.
 */
export async function measureBeside(
  name: string,
  first: { readonly measured: Measured; readonly task: () => Promise<unknown> },
  task: () => Promise<unknown>,
): Promise<Measured> {
  const duration = async (run: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
  await task();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Who comes first changes, since what runs second may find its data in the processor's cache.
    const order = round % 2 === 0 ? [first.task, task] : [task, first.task];
    const times = [await duration(order[0]!), await duration(order[1]!)] as const;
    ratios.push(round % 2 === 0 ? times[1] / times[0] : times[0] / times[1]);
  }
  return { name, milliseconds: first.measured.milliseconds * quantile(ratios, 0.5) };
}
