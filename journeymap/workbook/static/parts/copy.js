/** Put text on the clipboard; where the page may not, select it in `near` so that the reader can. Says whether it is copied. */
async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, near);
  }
}

function copySelected(text, near) {
  const before = document.activeElement;
  const field = element("textarea", { class: "jm-unseen", readonly: true, "aria-hidden": "true" });
  field.value = text;
  near.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return copied;
}
