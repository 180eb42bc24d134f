// Runs once when Gradio has drawn the chat; `element` and `watch` are Gradio's.
// Nothing here is needed to read an answer: links open their source by themselves.

// The newest question stands at the top of the view; screen readers learn the
// page's language, which Gradio leaves at English.
watch("value", () => {
  document.documentElement.lang = element.querySelector(".turns").lang;
  const turns = element.querySelectorAll(".turn");
  const newest = turns[turns.length - 1];
  if (newest) newest.scrollIntoView({ block: "start", behavior: "smooth" });
});

// On a phone the panel lies below the chat: bring it into view with its source.
element.addEventListener("click", (event) => {
  const link = event.target.closest("a[target]");
  const panel = link && document.getElementsByName(link.target)[0];
  if (panel) panel.scrollIntoView({ block: "nearest", behavior: "smooth" });
});
