// A secret paper has no file here: choosing Mật, Tối mật or Tuyệt mật takes the file away and says why.

const SECRET = new Set(["confidential", "secret", "top_secret"]);

for (const form of document.querySelectorAll("form[data-secret]")) {
  const choice = form.elements.namedItem("secrecy");
  const show = () => {
    const secret = SECRET.has(choice.value);
    for (const one of form.querySelectorAll("[data-when-secret]")) one.hidden = !secret;
    const field = form.querySelector("[data-file]");
    if (!field) return;
    field.hidden = secret;
    if (secret) field.querySelector("input").value = "";
  };
  choice?.addEventListener("change", show);
  if (choice) show();
}
