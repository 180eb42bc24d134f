// The Figures tab in the browser. `element` and `trigger` are Gradio's; the event
// 'show' carries the conditions, page/tabs/figures.py answers with the table.

const rows = document.getElementById("ledger-rows");
let order = {};

function show(first) {
  const conditions = Object.fromEntries(new FormData(element.querySelector("form")));
  trigger("show", { ...conditions, ...order, first });
}

let typing = 0;
element.addEventListener("submit", (event) => {
  event.preventDefault();
  show(0);
});
element.addEventListener("input", (event) => {
  clearTimeout(typing);
  typing = setTimeout(() => show(0), event.target.tagName === "SELECT" ? 0 : 400);
});

rows.addEventListener("click", (event) => {
  const head = event.target.closest("[data-sort]");
  if (head) {
    order = { sort: head.dataset.sort, descending: head.dataset.descending };
    return show(0);
  }
  const page = event.target.closest("[data-first]");
  if (page) {
    show(Number(page.dataset.first));
    rows.scrollIntoView({ block: "start" });
  }
});
