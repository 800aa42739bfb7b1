/**
 * The report's own script, for the browser. It unpacks Plotly, draws every figure in the colours of the page, and shows the
 * sections of the classifier that is chosen; before it runs, and without it, all tables are there.
 */
export const reportScript = `
"use strict";
(async () => {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const { figures, choices, config, themes } = json("facelab-figures");
  const picker = document.getElementById("classifier");
  const note = document.getElementById("no-figures");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let printing = false;

  const template = () => {
    const { ground, ink, soft, line } = themes[dark.matches && !printing ? "dark" : "light"];
    const axis = { gridcolor: line, linecolor: soft, zerolinecolor: soft, tickcolor: soft, automargin: true };
    return { layout: {
      font: { color: ink, family: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif", size: 12 },
      xaxis: axis, yaxis: axis,
      hoverlabel: { bgcolor: ground, bordercolor: soft, font: { color: ink, size: 12 } },
      modebar: { color: soft, activecolor: ink, bgcolor: "rgba(0,0,0,0)" },
      legend: { bgcolor: "rgba(0,0,0,0)" },
    } };
  };

  const shown = () => (picker ? picker.value : "");
  const figureOf = (plot) => {
    const own = choices[Number(shown())] || {};
    const name = plot.dataset.figure;
    const base = figures[name] || own[name];
    const last = own.rings && own.rings[name];
    return last ? { data: [...base.data, last], layout: base.layout } : base;
  };
  const draw = (plots) => {
    for (const plot of plots) {
      const { data, layout } = figureOf(plot);
      if (layout.meta) Object.assign(plot.style, { minWidth: layout.meta.minWidth + "px", maxWidth: layout.meta.maxWidth + "px" });
      plot.style.height = layout.height + "px";
      Plotly.react(plot, data, { ...layout, template: template() }, config);
    }
  };
  const all = () => document.querySelectorAll("[data-figure]");
  const choose = () => {
    for (const section of document.querySelectorAll("[data-choice]")) {
      section.hidden = section.dataset.choice !== shown();
    }
  };

  document.documentElement.classList.add("scripted");
  choose();
  let ready = false;
  if (picker) {
    picker.addEventListener("change", () => {
      choose();
      if (ready) draw(document.querySelectorAll("[data-chosen]"));
    });
  }
  try {
    const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    draw(all());
    ready = true;
    note.hidden = true;
  } catch (error) {
    note.textContent += " (" + error.message + ")";
    return;
  }
  dark.addEventListener("change", () => draw(all()));
  addEventListener("beforeprint", () => { printing = true; draw(all()); });
  addEventListener("afterprint", () => { printing = false; draw(all()); });
  document.documentElement.dataset.ready = "";
})();
`;
