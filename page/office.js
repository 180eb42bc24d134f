// Runs once for each of the two tabs when Gradio has drawn it; `element` and
// `watch` are Gradio's. Fills the tab from our own pages, sends what editors
// ask for, and shows how far the work is.

let shell, content, jobs, uploads, words, over, timer, page = 1;

const address = (path, query) =>
  `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(query)}`;

async function get(path) {
  const reply = await fetch(path, { headers: { Accept: "*/*" } });
  if (reply.status === 401) location.reload(); // the session has ended: log in
  if (!reply.ok) throw new Error(reply.status);
  return reply;
}

function start() {
  const found = element.querySelector(".office");
  if (!found || found === shell) return;
  shell = found;
  words = JSON.parse(shell.dataset.words);
  content = shell.querySelector(".content");
  jobs = document.createElement("div");
  jobs.setAttribute("aria-live", "polite");
  uploads = document.createElement("ul");
  uploads.className = "uploads";
  uploads.setAttribute("aria-live", "polite");
  over = undefined;
  load();
  clearTimeout(timer);
  look();
}

async function load(find) {
  const field = content.querySelector("[name=find]");
  const open = [...content.querySelectorAll("details")].map((each) => each.open);
  const typing = field && document.activeElement === field;
  const query = { lang: shell.lang, page, find: find ?? field?.value ?? "" };
  let html;
  try {
    html = await (await get(address(shell.dataset.src, query))).text();
  } catch {
    html = `<p role="alert"></p>`;
  }
  // Typed on meanwhile: what comes back later is newer.
  if (find !== undefined && field && field.value !== find) return;
  content.innerHTML = html;
  const alert = content.querySelector(":scope > [role=alert]:empty");
  if (alert) alert.textContent = words.failed_to_load;
  content.querySelector(".slot")?.append(uploads, jobs);
  content.querySelectorAll("details").forEach((each, i) => (each.open = open[i]));
  localTimes(content);
  const again = content.querySelector("[name=find]");
  if (typing && again) {
    again.focus();
    again.setSelectionRange(again.value.length, again.value.length);
  }
}

function localTimes(within) {
  const number = { day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit" };
  const written = shell.lang === "vi"
    ? new Intl.DateTimeFormat("vi-VN", number) // "thg 11" is no way to write a month
    : new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  for (const time of within.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) time.textContent = written.format(at);
  }
}

// Often while something is at work, now and then else, never unseen.
async function look() {
  clearTimeout(timer);
  let pause = 15000;
  if (shell.isConnected && shell.offsetParent && !document.hidden) {
    try {
      const state = await (await get(address("office/jobs", { lang: shell.lang }))).json();
      if (jobs.innerHTML !== state.html && jobs.dataset.html !== state.html) {
        jobs.dataset.html = state.html;
        jobs.innerHTML = state.html;
      }
      if (over !== undefined && over !== state.over) {
        for (const row of uploads.querySelectorAll(".waiting")) row.remove();
        await load();
      }
      over = state.over;
      if (state.busy) pause = 1000;
    } catch {
      pause = 5000;
    }
  } else pause = 2000;
  timer = setTimeout(look, pause);
}

function sure(question) {
  if (!question) return Promise.resolve(true);
  const dialog = document.createElement("dialog");
  dialog.className = "sure";
  dialog.innerHTML = `<form method="dialog"><p></p><button class="plain main" value="yes">
    </button> <button class="plain" value="" autofocus></button></form>`;
  dialog.querySelector("p").textContent = question;
  const [yes, no] = dialog.querySelectorAll("button");
  [yes.textContent, no.textContent] = [words.yes, words.cancel];
  shell.append(dialog);
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    }),
  );
}

async function post(path) {
  const reply = await fetch(address(path, { lang: shell.lang }), { method: "POST" });
  if (reply.status === 401) location.reload();
  const said = await reply.json().catch(() => ({}));
  if (!reply.ok) tell(said.error || words.failed_to_load, "problem");
}

function tell(text, kind) {
  const row = document.createElement("li");
  row.className = kind;
  row.textContent = text;
  uploads.prepend(row);
  setTimeout(() => row.remove(), 20000);
}

// One file after another: the line is shared with those who ask.
async function sendAll(files) {
  const rows = [...files].map((file) => {
    const row = document.createElement("li");
    row.innerHTML = `<strong></strong> <progress max="1" value="0"></progress> <span></span>`;
    row.querySelector("strong").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", file.name);
    uploads.append(row);
    return [file, row];
  });
  for (const [file, row] of rows) {
    await send(file, row, false);
    look();
  }
}

function send(file, row, replace) {
  const bar = row.querySelector("progress");
  const said = row.querySelector("span");
  // Said before it is sent: a server that refuses while it still receives is not heard.
  const { most, large } = content.querySelector(".drop")?.dataset ?? {};
  if (file.size > Number(most)) return void refused(row, said, bar, large);
  said.textContent = words.sending;
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const query = { name: file.name, replace: replace ? "1" : "0", lang: shell.lang };
    request.open("POST", address("office/upload", query));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onloadend = () => {
      if (request.status === 401) location.reload();
      sent(request, file, row, said, bar);
      done();
    };
    request.send(file);
  });
}

function sent(request, file, row, said, bar) {
  const answer = request.response || {};
  if (request.status === 200) {
    bar.remove();
    row.className = "waiting";
    said.textContent = words.sent;
  } else if (answer.exists) {
    bar.value = 0;
    said.textContent = words.exists;
    choice(row, words.replace, () => send(file, row, true).then(look));
    choice(row, words.keep, () => row.remove());
  } else {
    const twin = answer.duplicate && words.duplicate.replace("{name}", answer.duplicate);
    refused(row, said, bar, twin || answer.error || words.failed_to_load);
  }
}

function refused(row, said, bar, why) {
  bar.remove();
  row.className = "problem";
  said.textContent = why;
  choice(row, "×", () => row.remove()).ariaLabel = words.close;
}

function choice(row, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain choice";
  button.textContent = label;
  button.addEventListener("click", () => {
    row.querySelectorAll(".choice").forEach((each) => each.remove());
    act();
  });
  row.append(" ", button);
  return button;
}

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-post], [data-page]");
  if (!button) return;
  if (button.dataset.page) {
    page = Number(button.dataset.page);
    await load();
  } else if (await sure(button.dataset.sure)) {
    button.disabled = true;
    await post(button.dataset.post);
    await load();
    look();
  }
  if (document.activeElement === document.body) content.querySelector("h2")?.focus();
});
element.addEventListener("input", (event) => {
  if (event.target.name !== "find") return;
  page = 1;
  clearTimeout(event.target.wait);
  const { value } = event.target;
  event.target.wait = setTimeout(() => load(value), 250);
});
element.addEventListener("submit", (event) => {
  if (event.target.method !== "dialog") event.preventDefault();
});
element.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  sendAll(event.target.files);
  event.target.value = "";
});
element.addEventListener("dragover", (event) => {
  if (event.target.closest(".drop")) event.preventDefault();
});
element.addEventListener("drop", (event) => {
  if (!event.target.closest(".drop")) return;
  event.preventDefault();
  sendAll(event.dataTransfer.files);
});

watch("value", start);
start();
