/** A plain JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A plain JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * A figure of Plotly as plain JSON: for the report's page, and for a notebook as `application/vnd.plotly.v1+json`.
 * It names no colour of text, grid or ground: these are the theme's, light or dark.
 */
export interface Figure {
  readonly data: readonly JsonObject[];
  /** `layout.meta` may have the width in pixels below which labels would overlap, and the one above which it looks torn apart. */
  readonly layout: JsonObject;
}

/** Colours that are told apart on white and on black, also by people who see no red or no green. */
export const colours = { right: "#3d85c6", wrong: "#dd6b3d", other: "#8a8f98" } as const;

/** The most people that a figure shows one by one. */
export const MOST_PEOPLE = 40;

/**
 * What all figures have in common.
 * @param title at most 40 letters, so that it fits a phone; names in it through `plotlyText`, as everywhere.
 * @param subtitle at most 60 letters, smaller and below it; may be empty.
 */
export function figure(
  title: string,
  subtitle: string,
  data: readonly JsonObject[],
  { margin, height, ...layout }: FigureLayout,
): Figure {
  const top = subtitle === "" ? 36 : 54;
  return {
    data,
    layout: {
      autosize: true,
      height: height + top,
      margin: { l: 48, r: 16, b: 48, ...margin, t: (margin.t ?? 0) + top },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      dragmode: false,
      hoverlabel: { align: "left" },
      ...layout,
      title: {
        text: title,
        font: { size: 14 },
        xref: "container",
        x: 0,
        xanchor: "left",
        pad: { l: 4, t: 4 },
        yref: "container",
        y: 1,
        yanchor: "top",
        ...(subtitle === "" ? {} : { subtitle: { text: subtitle, font: { size: 12 } } }),
      },
    },
  };
}

/** A layout of Plotly, its height and margins in pixels without the title's. */
interface FigureLayout {
  readonly height: number;
  readonly margin: Readonly<Partial<Record<"l" | "r" | "t" | "b", number>>>;
  readonly [key: string]: Json;
}
