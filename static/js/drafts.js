// What is half typed in a command's form survives a reload: the page loads anew after a command from another form of it, or
// because its reader asks. Kept in this tab alone and for this account alone; gone when the command is done.

const TEXTS = "input:not([type]), input[type=text], input[type=search], input[type=number], input[type=email], input[type=tel], textarea";
const PREFIX = "draft:";
const account = document.documentElement.dataset.account ?? "";

/** The draft's place: two forms of the same command on a page are told apart by their hidden fields. */
function place(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]")]
    .filter((one) => !["csrfmiddlewaretoken", "command_id", "next"].includes(one.name) && !one.name.endsWith("_pk"))
    .map((one) => `${one.name}=${one.value}`);
  return [PREFIX + account, location.pathname, form.dataset.command, ...hidden].join("|");
}

/** Boxes are filled in from their row when they open; what is read-only (a one-time password) is not typed. */
const isKept = (form) => Boolean(account && form?.dataset?.command && !form.closest("dialog") && !("outbox" in form.dataset));
const texts = (form) => [...form.querySelectorAll(TEXTS)].filter((one) => one.name && !one.readOnly && one.autocomplete !== "off");

function keep(form) {
  const typed = texts(form).filter((one) => one.value !== one.defaultValue);
  const words = Object.fromEntries(typed.map((one) => [one.name, one.value]));
  if (typed.length) sessionStorage.setItem(place(form), JSON.stringify(words));
  else sessionStorage.removeItem(place(form));
}

function giveBack(form) {
  const words = JSON.parse(sessionStorage.getItem(place(form)) ?? "{}");
  for (const one of texts(form)) {
    if (!(one.name in words) || one.value !== one.defaultValue) continue;
    one.value = words[one.name];
    for (let around = one.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Somebody else signs in on this machine, or nobody is signed in: nothing of the one before is left. */
function clearOthers() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && (!account || !key.startsWith(`${PREFIX}${account}|`))) sessionStorage.removeItem(key);
  }
}

clearOthers();
for (const form of document.querySelectorAll("form[data-command]")) if (isKept(form)) giveBack(form);
document.addEventListener("input", (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  if (isKept(form)) keep(form);
});
document.addEventListener("reset", (event) => {
  if (isKept(event.target)) sessionStorage.removeItem(place(event.target));
});
document.addEventListener("command:done", (event) => sessionStorage.removeItem(place(event.detail.form)));
