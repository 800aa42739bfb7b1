import { createHash } from "node:crypto";
import { createRandom, type ReportInput, reportHtml } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answered, description, handMade, hostileLabels, setOf } from "./hand-made.js";

const PICTURE = "data:image/png;base64,iVBORw0KGgo=";

function input(more: Partial<ReportInput> = {}): ReportInput {
  const [first = "", second = ""] = hostileLabels;
  const answers = hostileLabels.map(
    (label, i): Answered => [label, i === 0 ? second : i === 1 ? "-" : label],
  );
  const evaluation = handMade(
    { knn: [answers], svm: [hostileLabels.map((label): Answered => [label, "?"])], slow: [] },
    {
      notRun: [{ classifier: "slow", kind: "budget", seconds: 600 }],
      notices: [`only trained on: ${first}`],
    },
  );
  return {
    set: setOf(evaluation, "data/<u>set"),
    evaluation,
    description,
    random: createRandom(1),
    ...more,
  };
}

/** The page without the two scripts that hold data. */
const visible = (html: string): string => html.slice(0, html.indexOf('<script type="application/json"'));

describe("reportHtml", () => {
  let html: string;
  beforeAll(() => {
    html = reportHtml(input());
  });

  it("is the same for the same input and seed", () => {
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    expect(hash(reportHtml(input()))).toBe(hash(html));
  });

  it("has no scripts but its own three, and nothing that could load another", () => {
    expect(html.match(/<script\b[^>]*>/gi)).toEqual([
      '<script type="application/json" id="facelab-figures">',
      '<script type="text/plain" id="plotly">',
      "<script>",
    ]);
    expect(html.match(/<\/script/gi)).toHaveLength(3);
    expect(html).not.toMatch(/<(img|iframe|link|object|embed|base|form)\b/i);
    expect(visible(html)).not.toMatch(/\b(src|href)\s*=\s*["']?\s*(https?:|\/\/)/i);
    expect(html).toContain("default-src 'none'; script-src 'sha256-");
    expect(html).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it("names in its policy the scripts that it holds", () => {
    const own = /<script>([\s\S]*)<\/script>/.exec(html)![1]!;
    const hash = createHash("sha256").update(own).digest("base64");
    expect(html).toContain(`script-src 'sha256-${hash}' 'sha256-`);
  });

  it("shows hostile names as text", () => {
    const text = visible(html).replaceAll(/<[^>]*>/g, "");
    const decoded = text
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
    for (const label of hostileLabels) expect(decoded).toContain(label);
    expect(decoded).toContain("<u>set");
    expect(decoded).toContain("<i>here</i>");
  });

  it("tells in tables what was answered wrongly, not run, and without a face", () => {
    const text = visible(html);
    expect(text).toContain(">not run (about 10 min; --classifiers slow runs it)<");
    expect(text).toContain("1 wrong answers, those of the highest probability first");
    expect(text).toContain(`${hostileLabels.length} wrong answers`);
    expect(text).toContain(`1 of ${hostileLabels.length} photos without a face: no face found 1`);
    expect(text).toContain("No file of the dataset was left aside.");
    expect(text).toMatch(/sha256: <code>[0-9a-f]{64}<\/code>/);
    expect(text).toContain("Seed 7.");
    expect(text).toContain('<option value="0">knn</option><option value="1">svm</option></select>');
  });

  it("holds each picture once, and refuses what is none", () => {
    const [first = "", , third = ""] = hostileLabels;
    const bad = "data:image/png;base64,x); } body { display: none }";
    const pictures = new Map([
      [`${first}/0.jpg`, PICTURE],
      [`${third}/2.jpg`, bad],
    ]);
    const pictured = reportHtml(input({ faces: { pictures, notes: ["<b>one</b> is missing"] } }));
    // knn and svm both got it wrong.
    expect(pictured.split(PICTURE)).toHaveLength(2);
    expect(pictured.match(/class="face face-0"/g)).toHaveLength(2);
    expect(pictured).not.toContain("body { display: none }");
    expect(pictured).toContain("<li>&lt;b&gt;one&lt;/b&gt; is missing</li>");
  });

  it("says how a large table and a small dataset were cut", () => {
    const many = Array.from({ length: 130 }, (_, i): Answered => [i % 2 ? "Ada" : "Bo", "?", i / 200]);
    const evaluation = handMade({ knn: [many] });
    const long = visible(reportHtml(input({ evaluation, set: setOf(evaluation) })));
    expect(long).toContain("130 wrong answers");
    expect(long).toContain("<p>and 30 more, in records.csv</p>");
    const few = handMade({
      knn: [
        [
          ["Ada", "Ada"],
          ["Bo", "Ada"],
        ],
      ],
    });
    expect(reportHtml(input({ evaluation: few, set: setOf(few) }))).toContain(
      "No UMAP: there are fewer than",
    );
  });

  it("keeps to a few megabytes", () => {
    expect(html.length).toBeGreaterThan(2.4e6);
    expect(html.length).toBeLessThan(3.2e6);
  });
});
