/**
 * Has asynchronous calls wait for each other: each begins when the one before is settled, whether it succeeded or not, in the order in which
 * they were asked for. A function that it made must not be called within another one of the same queue: it would wait for itself.
 */
export function oneAfterTheOther(): <Input, Output>(
  call: (input: Input) => Promise<Output>,
) => (input: Input) => Promise<Output> {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => (input) => {
    const result = last.then(() => call(input));
    last = result.catch(() => {});
    return result;
  };
}
