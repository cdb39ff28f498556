/** Dialogs: focus stays inside while one is open and returns where it was. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, textObject } from "./mrkdwn.js";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";

/**
 * Open a dialog over everything; `onCancel` is called on Esc and on a click beside it.
 * @param {HTMLDialogElement} dialog
 * @param {() => void} onCancel
 * @returns {() => void} closes it, removes it and gives the focus back
 */
export function openDialog(dialog, onCancel) {
  const before = document.activeElement;
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    onCancel();
  });
  dialog.addEventListener("mousedown", (event) => event.target === dialog && onCancel());
  dialog.addEventListener("keydown", (event) => event.key === "Tab" && keepFocus(dialog, event));
  document.body.append(dialog);
  dialog.showModal();
  return () => {
    dialog.close();
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
}

/**
 * The head of a dialog: a title and a close button.
 * @param {string|Node} title
 * @param {string} closeWord
 * @param {() => void} onClose
 * @param {string} [titleId]
 */
export function dialogHead(title, closeWord, onClose, titleId) {
  return el(
    "header",
    { class: "dialog-head" },
    el("h2", { id: titleId }, title),
    el("button", { class: "icon-button", type: "button", "aria-label": closeWord, on: { click: onClose } }, icon("close")),
  );
}

/**
 * Slack's confirmation of an element: resolves to whether the person went on.
 * @param {Object} confirm the `confirm` object of an element
 * @param {Object} ctx
 * @returns {Promise<boolean>}
 */
export function askConfirm(confirm, ctx) {
  return new Promise((resolve) => {
    const done = (answer) => {
      close();
      resolve(answer);
    };
    const go = el("button", { class: `button ${confirm.style === "danger" ? "button-danger" : "button-primary"}`, type: "button", on: { click: () => done(true) } }, plainText(confirm.confirm?.text ?? ctx.t("confirm")));
    const stay = el("button", { class: "button", type: "button", on: { click: () => done(false) } }, plainText(confirm.deny?.text ?? ctx.t("cancel")));
    const dialog = el(
      "dialog",
      { class: "dialog dialog-small", role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      dialogHead(plainText(confirm.title?.text ?? ""), ctx.t("close"), () => done(false), "confirm-title"),
      el("div", { class: "dialog-body mrkdwn", id: "confirm-text" }, textObject(confirm.text, ctx)),
      el("footer", { class: "dialog-foot" }, stay, go),
    );
    const close = openDialog(dialog, () => done(false));
    go.focus();
  });
}

function keepFocus(dialog, event) {
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((node) => node.offsetParent !== null || node === document.activeElement);
  if (stops.length === 0) return;
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement !== leaving && dialog.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
