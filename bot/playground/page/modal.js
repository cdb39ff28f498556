/** The modal an app has opened: drawn from its view, kept while it changes, answered by submitting or closing. */

import { renderBlocks } from "./blocks.js";
import { dialogHead, openDialog } from "./dialogs.js";
import { el, fill } from "./dom.js";
import { clientErrors, FormState } from "./form.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";

/** The place of the modal; one for the page. */
export class ModalHost {
  #dialog = null;
  #close = null;
  #view = null;
  #mark = "";
  #forms = new Map();

  /**
   * @param {{submit: (viewId: string, state: Object) => Promise<Object>, dismiss: (viewId: string, all: boolean) => Promise<void>, contextOf: (view: Object, form: FormState) => Object}} app
   */
  constructor(app) {
    this.app = app;
  }

  /**
   * Show the top of the stack, or close.
   * @param {{view: Object|null, depth: number}} stack
   * @param {Object} ctx
   */
  show({ view, depth }, ctx) {
    if (!view) return this.#leave();
    const mark = JSON.stringify([view, depth, ctx.mark]);
    if (mark === this.#mark) return undefined;
    const same = this.#view?.id === view.id;
    const place = same ? whereFocusIs(this.#dialog) : null;
    const scrolled = same ? this.#dialog.querySelector(".dialog-body").scrollTop : 0;
    this.#mark = mark;
    this.#view = view;
    this.#open();
    this.#draw(view, depth, ctx);
    this.#dialog.querySelector(".dialog-body").scrollTop = scrolled;
    this.#focus(place, same);
    return undefined;
  }

  #open() {
    if (this.#dialog) return;
    this.#dialog = el("dialog", { class: "dialog modal", "aria-labelledby": "modal-title", tabindex: "-1" });
    this.#close = openDialog(this.#dialog, () => this.#dismiss());
  }

  #leave() {
    this.#close?.();
    this.#dialog = this.#close = this.#view = null;
    this.#mark = "";
    this.#forms.clear();
  }

  #draw(view, depth, ctx) {
    if (!this.#forms.has(view.id)) this.#forms.set(view.id, new FormState());
    const form = this.#forms.get(view.id);
    const title = [depth > 1 ? el("button", { class: "icon-button back", type: "button", "aria-label": ctx.t("back"), on: { click: () => this.#dismiss() } }, icon("back")) : null, el("span", {}, plainText(view.title?.text))];
    const submit = view.submit ? el("button", { class: "button button-primary", type: "submit" }, el("span", { class: "button-text" }, plainText(view.submit.text))) : null;
    const stay = el("button", { class: "button", type: "button", on: { click: () => this.#dismiss() } }, plainText(view.close?.text ?? ctx.t(submit ? "cancel" : "close")));
    const problem = el("div", { class: "modal-problem", role: "alert" });
    const body = el("form", { class: "modal-form", novalidate: true }, el("div", { class: "dialog-body" }, renderBlocks(view.blocks, this.app.contextOf(view, form))), problem, el("footer", { class: "dialog-foot" }, stay, submit));
    body.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit) this.#submit(view, form, { submit, problem, ctx });
    });
    this.#dialog.dataset.depth = String(Math.min(depth, 3));
    fill(this.#dialog, dialogHead(fill(el("span", { class: "modal-title" }), title), ctx.t("close"), () => this.#dismiss(true), "modal-title"), body);
  }

  async #submit(view, form, { submit, problem, ctx }) {
    if (submit.getAttribute("aria-busy") === "true") return;
    fill(problem);
    const early = clientErrors(view.blocks, form, ctx.t);
    if (this.#showErrors(early)) return;
    const inputs = new Set(view.blocks.filter((block) => block.type === "input").map((block) => block.block_id));
    submit.setAttribute("aria-busy", "true");
    submit.classList.add("busy");
    this.#dialog.setAttribute("aria-busy", "true");
    const answer = await this.app.submit(view.id, form.values(inputs));
    submit.removeAttribute("aria-busy");
    submit.classList.remove("busy");
    this.#dialog?.removeAttribute("aria-busy");
    if (this.#showErrors(answer.errors ?? {}) || answer.ok) return;
    fill(problem, icon("warning"), answer.error);
  }

  /** Write each error at its input and go to the first; whether there was one. */
  #showErrors(errors) {
    if (!this.#dialog) return false;
    const fields = [...this.#dialog.querySelectorAll(".input-block")];
    for (const field of fields) {
      const text = errors[field.dataset.block];
      fill(field.querySelector(".input-error"), text ? [icon("warning"), text] : null);
      field.classList.toggle("invalid", Boolean(text));
      field.querySelector("input, textarea, .picker-trigger, .choices")?.setAttribute("aria-invalid", String(Boolean(text)));
    }
    const first = fields.find((field) => field.classList.contains("invalid"));
    first?.querySelector("input, textarea, button")?.focus();
    first?.scrollIntoView({ block: "nearest" });
    return Object.keys(errors).length > 0;
  }

  /** Close the view on top, or the whole stack as Slack's × does. */
  #dismiss(all = false) {
    this.app.dismiss(this.#view.id, all);
  }

  #focus(place, same) {
    if (same && this.#dialog.contains(document.activeElement)) return;
    const inputs = [...this.#dialog.querySelectorAll(".dialog-body input, .dialog-body textarea, .dialog-body .input-block button, .dialog-body .button")];
    const target = (same && inputs[place]) || this.#dialog.querySelector(".input-block input, .input-block textarea, .input-block button") || this.#dialog;
    target.focus({ preventScroll: true });
  }
}

/** Which of the body's controls has the focus, counted from the first. */
function whereFocusIs(dialog) {
  const inputs = [...dialog.querySelectorAll(".dialog-body input, .dialog-body textarea, .dialog-body .input-block button, .dialog-body .button")];
  return inputs.indexOf(document.activeElement);
}
