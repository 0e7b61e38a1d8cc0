/* Comfort on top of pages that work without it: kept drafts, session warning, one sending per click.
   Every word it shows stands in the page, translated there; every address too. */

const words = document.body.dataset;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (text) => (document.querySelector("[data-say]").textContent = text);
const post = (url, body) =>
  fetch(url, { method: "POST", body, headers: { "X-CSRFToken": words.csrf }, redirect: "error" }).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    alive();
    return answer;
  });

/* --- Drafts: what is typed is kept on the server after a second of rest --- */
for (const form of all("form[data-draft]")) {
  const place = form.querySelector("[data-draft-state]");
  let timer, kept;
  const fields = () => {
    const entries = [...new FormData(form)].filter(([name, value]) => {
      const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (control?.type === "password" || control?.hasAttribute("data-not-kept")) return false;
      return typeof value === "string" && !/^(_|csrf)/.test(name);
    });
    return new URLSearchParams([["_path", form.dataset.draft || location.pathname], ...entries]);
  };
  const keep = async () => {
    clearTimeout(timer);
    const body = fields();
    if (form.dataset.sent || String(body) === kept) return;
    try {
      await post("/drafts/", body);
      kept = String(body);
      if (place) place.textContent = `${words.saved} ${new Date().toTimeString().slice(0, 5)}`;
    } catch {
      if (place) place.textContent = words.unsaved;
      timer = setTimeout(keep, 10000);
    }
  };
  kept = String(fields());
  form.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(keep, 1000))));
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", () => clearTimeout(timer));
}

/* --- One sending per click. The button's own value still goes along: it dies only after the form has left --- */
function rest(form, sent) {
  sent ? (form.dataset.sent = "yes") : delete form.dataset.sent;
  all("button:not([type=button])", form).forEach((button) => (button.disabled = sent));
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(rest, 0, form, true);
  setTimeout(rest, 8000, form, false); // a download leaves the page standing
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => rest(form, false)));

/* --- Session: a warning two minutes before the end, shared by all open pages --- */
const session = document.getElementById("session");
const others = new BroadcastChannel("session");
let warning, end;
function alive(here = true) {
  if (!session) return;
  clearTimeout(warning);
  clearTimeout(end);
  if (session.open) session.close();
  const seconds = Number(session.dataset.seconds);
  const start = Math.max(seconds - 180, seconds / 2); // the server renews at most once a minute
  warning = setTimeout(() => session.showModal(), start * 1000);
  end = setTimeout(over, (start + 120) * 1000);
  if (here) others.postMessage("alive");
}
function over() {
  all("[data-warning], [data-stay]", session).forEach((part) => (part.hidden = true));
  all("[data-over], [data-again]", session).forEach((part) => (part.hidden = false));
  session.querySelector("[data-again]").href = location.href;
  if (!session.open) session.showModal();
}
others.onmessage = () => alive(false);
session?.querySelector("[data-stay]").addEventListener("click", () => post(session.dataset.ping).catch(over));
alive();

/* --- Small things: open a dialog, choose all, copy a reference, close the menu --- */
all("[data-open]").forEach((button) => (button.hidden = false));
document.addEventListener("click", async ({ target }) => {
  const opener = target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  const copied = target.closest(".ref:not(a .ref, button .ref)");
  if (copied && !String(getSelection())) {
    await navigator.clipboard?.writeText(copied.textContent);
    say(words.copied);
    copied.dataset.copied = "";
    setTimeout(() => delete copied.dataset.copied, 2000);
  }
  all("details.menu[open]").filter((menu) => !menu.contains(target)).forEach((menu) => (menu.open = false));
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && all("details.menu[open]").forEach((menu) => {
  menu.open = false;
  menu.querySelector("summary").focus();
}));
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-all]")) return;
  all("tbody input[type=checkbox]", target.closest("table")).forEach((box) => (box.checked = target.checked));
});
requestAnimationFrame(() => document.activeElement === document.body && document.querySelector(".error-summary")?.focus());

/* --- Tabs: on a narrow page the part one is at is in sight --- */
for (const here of all('.tabs [aria-current="page"]')) {
  const bar = here.closest("ul");
  bar.scrollLeft += here.getBoundingClientRect().left - bar.getBoundingClientRect().left - (bar.clientWidth - here.offsetWidth) / 2;
}

/* --- htmx: the token with every request, and each answer shows that we are still here --- */
document.addEventListener("htmx:configRequest", ({ detail }) => (detail.headers["X-CSRFToken"] = words.csrf));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && alive());
