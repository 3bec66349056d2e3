/*
 * Sends what the buttons ask for, and shows the answer.
 *
 * A button or form says what to do in data attributes: data-method and data-url, data-done (what to say when it worked)
 * and data-next (where to go then; by default the page reloads). A refusal is shown as the server words it: this file
 * does not know which plugin refused or why.
 */

const banner = document.getElementById("banner");
const MESSAGE = "workbench-message";

function element(name, ...content) {
  const node = document.createElement(name);
  node.append(...content);
  return node;
}

/** What there is to read in a value: {"id": 4, "key": "lb:…", "title": "Salt"} reads "lb:… · Salt". */
function asText(value) {
  if (value === null || typeof value !== "object") {
    return String(value);
  }
  return Object.values(value).filter((part) => part && typeof part === "string").join(" · ");
}

/** A refusal for people: the sentence in `detail`, and each list in it as a list. The rest is for programs. */
function describe({ detail, ...others }) {
  const nodes = detail ? [element("p", element("strong", asText(detail)))] : [];
  for (const [name, entries] of Object.entries(others)) {
    if (Array.isArray(entries) && entries.length > 0) {
      nodes.push(element("p", `${name.replaceAll("_", " ")}:`));
      nodes.push(element("ul", ...entries.map((entry) => element("li", asText(entry)))));
    }
  }
  return nodes;
}

function showBanner(kind, nodes) {
  banner.className = kind;
  banner.replaceChildren(...nodes);
  banner.hidden = false;
  // So that it is in view, and the next thing that a screen reader reads.
  banner.focus();
}

/** The body of a refusal, if it is one that `describe` can show: Django's own error pages are HTML. */
async function readRefusal(response) {
  const fallback = { detail: `The server answered ${response.status} ${response.statusText}.` };
  try {
    const nodes = describe(await response.json());
    return nodes.length > 0 ? nodes : describe(fallback);
  } catch {
    return describe(fallback);
  }
}

async function run(source, body) {
  const controls = document.querySelectorAll("main button");
  controls.forEach((control) => { control.disabled = true; });
  try {
    const response = await fetch(source.dataset.url, {
      method: source.dataset.method,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      showBanner("refused", await readRefusal(response));
      return;
    }
    // The page shows new states only after it is loaded again; the message has to live that long.
    sessionStorage.setItem(MESSAGE, source.dataset.done);
    window.location.assign(source.dataset.next ?? window.location.href);
  } catch (error) {
    showBanner("refused", describe({ detail: `The server could not be reached: ${error.message}` }));
  } finally {
    controls.forEach((control) => { control.disabled = false; });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  if (button) {
    run(button);
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.url) {
    event.preventDefault();
    run(event.target, Object.fromEntries(new FormData(event.target)));
  }
});

const message = sessionStorage.getItem(MESSAGE);
if (message) {
  sessionStorage.removeItem(MESSAGE);
  showBanner("done", describe({ detail: message }));
}
