/** The app's Home tab. */

import { renderBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { FormState } from "./form.js";

/** The panel that shows a Home view, drawn again only when it changed. */
export class HomePanel {
  #mark = null;
  #form = new FormState();

  /** @param {(view: Object, form: FormState) => Object} contextOf */
  constructor(contextOf) {
    this.contextOf = contextOf;
    this.content = el("div", { class: "home-content" });
    this.root = el("div", { class: "home", tabindex: "0", role: "tabpanel" }, this.content);
  }

  /**
   * @param {Object|null} view
   * @param {Object} ctx
   * @param {string} emptyText what to say while there is none
   */
  show(view, ctx, emptyText) {
    const mark = JSON.stringify([view, ctx.mark, emptyText]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    fill(this.content, view ? renderBlocks(view.blocks, this.contextOf(view, this.#form)) : el("p", { class: "empty" }, emptyText));
  }

  /** Forget the view: another person looks. */
  reset() {
    this.#mark = null;
    this.#form = new FormState();
    fill(this.content);
  }
}
