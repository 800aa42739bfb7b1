/** The colours of the page and of the text and grid of its figures. */
export const themes = {
  light: {
    ground: "#ffffff",
    ink: "#1b1f24",
    soft: "#59626e",
    line: "#d5dae1",
    raised: "#f4f6f8",
    link: "#1a5fa8",
  },
  dark: {
    ground: "#14171c",
    ink: "#e7eaee",
    soft: "#a3adb9",
    line: "#39414c",
    raised: "#1d2229",
    link: "#86bdf5",
  },
} as const;

const variables = (theme: keyof typeof themes): string =>
  `color-scheme: ${theme}; ${Object.entries(themes[theme])
    .map(([name, value]) => `--${name}: ${value};`)
    .join(" ")}`;

/** The style sheet of the report. */
export const reportStyle = `
:root { ${variables("light")} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables("dark")} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, ul, ol { margin: .5rem 0; max-width: 48rem; }
ul { padding-left: 1.25rem; }
.soft, caption, figcaption { color: var(--soft); font-size: .9rem; }
.box { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; max-width: min(48rem, calc(100vw - 2rem)); padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { font-weight: 500; min-width: 6.5rem; }
td code { display: inline-block; width: 17.5rem; word-break: break-all; }
th.number, td.number { text-align: right; }
td.number { white-space: nowrap; }
.name { white-space: pre-wrap; }
pre { overflow-x: auto; margin: .5rem 0; padding: .75rem 1rem; background: var(--raised); border-radius: 6px;
  font: .82rem/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
.tall { max-height: 30rem; overflow-y: auto; }
figure { margin: 1rem 0; min-width: 0; }
figcaption { margin-top: .25rem; }
.pair > .box { margin-block: .25rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1.5rem; }
.picker { position: sticky; top: 0; z-index: 20; padding: .6rem 0; background: var(--ground); border-bottom: 1px solid var(--line); }
select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .5rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.needs-script { display: none; }
.scripted .needs-script { display: block; }
[hidden] { display: none !important; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .picker, .modebar { display: none !important; }
  .box, .tall, pre { overflow: visible; max-height: none; white-space: pre-wrap; }
  .box { white-space: normal; }
  figure, tr, img { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
