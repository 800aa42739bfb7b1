/** Told apart on white and on black, also by people who see no red or no green (Okabe & Ito 2008, the darker ones). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const DASHES = ["solid", "dash", "dot"];

/** How the i-th of several lines is drawn: eighteen of them are told apart. */
export function seriesStyle(i: number): {
  readonly color: string;
  readonly dash: string;
  readonly width: number;
} {
  return {
    color: COLOURS[i % COLOURS.length] as string,
    dash: DASHES[Math.floor(i / COLOURS.length) % DASHES.length] as string,
    width: 2,
  };
}
