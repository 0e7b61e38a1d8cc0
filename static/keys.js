/* Keys for people who live in lists: single letters, which anybody can switch off. The list of them is a dialog. */

const all = (selector) => [...document.querySelectorAll(selector)];
const keys = document.getElementById("keys");
const choice = keys.querySelector("#keys-on");
choice.checked = localStorage.getItem("keys") !== "off";
choice.addEventListener("change", () => localStorage.setItem("keys", choice.checked ? "on" : "off"));

/* j and k move through whatever the page lists: rows of a table, or things to do. */
function step(by) {
  const list = all("[data-row], tbody tr:has(th a), .rows > li:has(.act a)");
  const now = list.findIndex((row) => row.classList.contains("here"));
  const next = list[Math.min(Math.max(now + by, 0), list.length - 1)];
  list.forEach((row) => row.classList.toggle("here", row === next));
  next?.querySelector("a")?.focus();
}

function search() {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  else document.querySelector("a[data-search]")?.click();
}

const go = (url) => url && location.assign(url);
const does = {
  "/": search,
  gw: () => go(keys.dataset.work),
  gc: () => go(keys.dataset.cases),
  n: () => document.querySelector("main [data-new]")?.click(),
  j: () => step(1),
  k: () => step(-1),
  x: () => document.querySelector(".here input[type=checkbox]")?.click(),
  "?": () => keys.showModal(),
};

let prefix = "";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (!choice.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const act = does[prefix + event.key];
  prefix = event.key === "g" && !prefix ? "g" : "";
  if (!act) return;
  event.preventDefault();
  act();
});
