/** Short notices over everything, dialogs included. */

import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 9000;

/**
 * Where toasts are shown; one for the page.
 * @param {() => (key: string) => string} words the present translator
 * @returns {(text: string) => void} shows an error
 */
export function createToasts(words) {
  const box = el("div", { class: "toasts", popover: "manual", role: "alert" });
  document.body.append(box);

  const raise = () => {
    // Shown anew, so that it lies over a dialog opened since.
    if (box.matches(":popover-open")) box.hidePopover();
    if (box.childElementCount > 0) box.showPopover();
  };

  return (text) => {
    const remove = () => {
      note.remove();
      raise();
    };
    const note = el(
      "div",
      { class: "toast" },
      icon("warning"),
      el("span", { class: "toast-text" }, text),
      el("button", { class: "icon-button", type: "button", "aria-label": words()("dismiss"), on: { click: remove } }, icon("close")),
    );
    box.append(note);
    raise();
    setTimeout(remove, SHOWN_MS);
  };
}
