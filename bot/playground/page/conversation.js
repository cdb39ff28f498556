/** A list of messages that keeps its nodes, its focus and its scroll position while it changes. */

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { renderMessage } from "./message.js";
import { dayKey, dayName } from "./times.js";

const GROUP_MS = 5 * 60_000;
const NEAR_BOTTOM_PX = 48;

/** The list of one panel: the conversation, or a thread. */
export class MessageList {
  /** @param {{inThread: boolean}} options */
  constructor({ inThread }) {
    this.inThread = inThread;
    this.known = new Map();
    this.stuck = true;
    this.lead = el("div", { class: "lead" });
    this.list = el("div", { class: "messages", role: "log", "aria-live": "polite" });
    this.content = el("div", { class: "scroll-content" }, this.lead, this.list);
    this.scroller = el("div", { class: "scroller", tabindex: "0" }, this.content);
    this.jump = el("button", { class: "jump", type: "button", hidden: true, on: { click: () => this.toBottom() } });
    this.root = el("div", { class: "message-list" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.#scrolled());
    const watcher = new ResizeObserver(() => this.stuck && this.toBottom());
    watcher.observe(this.content);
    watcher.observe(this.scroller);
  }

  /** Forget all: another conversation follows. */
  reset() {
    this.known.clear();
    this.list.replaceChildren();
    this.stuck = true;
    this.jump.hidden = true;
  }

  /**
   * Show these messages, drawing only those that changed.
   * @param {Array<Object>} messages oldest first
   * @param {Object} ctx the page's render context
   * @param {(message: Object) => Object} contextOf the context of one message
   * @param {{label: string, lead?: Node|null}} about
   */
  update(messages, ctx, contextOf, { label, lead }) {
    const had = this.known.size;
    this.list.setAttribute("aria-label", label);
    fill(this.lead, lead);
    fill(this.jump, icon("arrowdown"), ctx.t("jumpDown"));
    const next = new Map();
    let above = null;
    for (const message of messages) {
      const moment = new Date(message.time);
      if (!this.inThread && (!above || dayKey(new Date(above.time)) !== dayKey(moment))) this.#keepDay(next, moment, ctx);
      this.#keep(next, message, belongsTo(message, above), ctx, contextOf);
      above = message;
    }
    this.known = next;
    syncChildren(this.list, [...next.values()].map((entry) => entry.node));
    if (this.stuck) this.toBottom();
    else if (next.size > had) this.jump.hidden = false;
  }

  /** Scroll to the newest message and stay there. */
  toBottom() {
    this.stuck = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #keepDay(next, moment, ctx) {
    const name = dayName(moment, ctx);
    const key = `day ${dayKey(moment)}`;
    const old = this.known.get(key);
    next.set(key, old?.mark === name ? old : { mark: name, node: el("div", { class: "day", role: "separator", "aria-label": name }, el("span", {}, name)) });
  }

  #keep(next, message, grouped, ctx, contextOf) {
    const key = `${message.ts} ${message.ephemeral}`;
    const mark = JSON.stringify([message, grouped, ctx.mark]);
    const old = this.known.get(key);
    if (old?.mark === mark) {
      next.set(key, old);
      return;
    }
    const node = renderMessage(message, { grouped, inThread: this.inThread }, contextOf(message));
    next.set(key, { mark, node });
    if (old?.node.contains(document.activeElement)) refocus(old.node, node, this.scroller);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.stuck) this.jump.hidden = true;
  }
}

function belongsTo(message, above) {
  if (!above || message.ephemeral || above.ephemeral || message.user !== above.user) return false;
  const gap = new Date(message.time) - new Date(above.time);
  return gap < GROUP_MS && dayKey(new Date(message.time)) === dayKey(new Date(above.time)) && !message.blocks?.length;
}

/** Put `nodes` into `parent` in order, moving only what has to move. */
function syncChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

/** After a message was drawn anew, the control that had the focus gets it back, or else the list does. */
function refocus(before, after, fallback) {
  const action = document.activeElement.dataset.action;
  queueMicrotask(() => {
    const same = action && [...after.querySelectorAll("[data-action]")].find((node) => node.dataset.action === action);
    (same || fallback).focus({ preventScroll: true });
  });
}
